import { formatLane } from '../../gpu/kv/lane';
import type { Level } from '../../gpu/measure/verdict';
import { FEWEST, LIMITS, verdictOf } from '../../gpu/measure/verdict';
import { grouped } from '../draw/figures';
import { comparesArms } from '../draw/lanes';
import { useLiveAt } from '../draw/live';
import { Panel } from '../draw/Panel';
import { runMode } from '../draw/runMode';
import { frames } from '../frames';
import { askLane } from '../lab/asked-lane';
import { useStore } from '../store';
import { en } from '../text/en';
import { verdict as text } from '../text/en-verdict';
import { ArmsVerdict } from './ArmsVerdict';
import { figuresOf } from './figures';
import { Glyph } from './Glyph';
import './verdict.css';

const percent = (share: number) => Math.round(share * 100);
const { close, breaks } = LIMITS;
const LIMITS_TEXT = text.limits(
  [close.median, breaks.median],
  [close.kl99, breaks.kl99],
  [percent(close.sameTop), percent(breaks.sameTop)],
);

/** What the steps since the last move come to: a word, its four numbers, and what they do not say. */
export function VerdictPanel() {
  useLiveAt(3);
  const state = useStore.getState();
  if (comparesArms(state) && frames.count > 0 && runMode(state) === 'same-prefix') return <ArmsVerdict />;
  const free = runMode(state) === 'free-running';
  const lane = figuresOf(state, state.lane);
  const level = lane && !free ? verdictOf(lane) : null;
  const note = lane ? text.range(lane.from, lane.to, lane.from > 0) : text.needs(FEWEST);
  const length = grouped((frames.last?.position ?? -1) + 1);
  return (
    <Panel className="verdict" title={text.title} note={note}>
      <div className="verdict-word" title={LIMITS_TEXT}>
        <Glyph level={level} size={28} />
        <b className={level ?? 'none'}>{level ? en.numbers.levels[level] : free ? text.noneFree : text.few}</b>
        <span>{says(level, free, lane?.steps ?? 0)}</span>
      </div>
      <dl className="verdict-figures">
        <Figure name={en.numbers.sameTop} value={free ? undefined : lane?.text.sameTop} />
        <Figure name={en.numbers.median} value={free ? undefined : lane?.text.median} />
        <Figure name={en.numbers.kl99} value={free ? undefined : lane?.text.kl99} />
        <Figure name={en.numbers.first} value={lane?.text.first} />
      </dl>
      {lane && state.model && (
        <dl className="tested">
          <dt>{en.numbers.tested}</dt>
          <dd>{en.numbers.testedText(state.model.name, length)}</dd>
          <dt>{en.numbers.notTested}</dt>
          <dd>{en.numbers.notTestedText(length)}</dd>
        </dl>
      )}
      {lane && <TakeIt />}
    </Panel>
  );
}

/** The way to the same cache in other engines. */
function TakeIt() {
  const take = () => {
    const s = useStore.getState();
    askLane(formatLane(s.settings.lanes[s.lane - 1]));
    useStore.setState({ view: 'lab', section: 'advisor' });
  };
  return (
    <button type="button" className="word" onClick={take}>
      {text.takeIt}
    </button>
  );
}

function says(level: Level | null, free: boolean, steps: number): string {
  if (level) return text.says[level];
  return free ? text.free : text.sofar(steps, FEWEST);
}

function Figure({ name, value }: { name: string; value: string | undefined }) {
  return (
    <div>
      <dd>{value ?? '–'}</dd>
      <dt>{name}</dt>
    </div>
  );
}
