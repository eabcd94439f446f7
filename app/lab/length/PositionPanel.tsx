import { useMemo } from 'react';
import { fixed, grouped } from '../../draw/figures';
import { useLiveAt } from '../../draw/live';
import { Panel } from '../../draw/Panel';
import { runMode } from '../../draw/runMode';
import { frames } from '../../frames';
import { useStore } from '../../store';
import { length as text } from '../../text/en-length';
import { KlByPosition } from './KlByPosition';
import type { LanePositions } from './positions';
import { shownPositions } from './positions';
import type { Trend } from './trend';
import { binsOf, trendOf } from './trend';

/** While a run plays, its slopes are computed anew only every so many steps. */
const EVERY = 32;

/** KL over the text of the run on screen, and one sentence that says whether it grows. */
export function PositionPanel() {
  useLiveAt(2);
  const state = useStore.getState();
  const context = state.model?.context ?? 0;
  const lanes = shownPositions(state);
  const isPlaying = state.phase === 'playing';
  const reach = isPlaying ? Math.floor(frames.count / EVERY) : frames.count;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown follows from these
  const trends = useMemo(() => lanes.map(trendOf), [frames.epoch, reach, state.lane, state.edits]);
  const isEmpty = lanes.length === 0 || lanes[0].at.length === 0;
  const isFree = runMode(state) === 'free-running';
  return (
    <Panel
      className="position-panel"
      title={text.position.title}
      note={isEmpty ? undefined : text.position.note(binSize(lanes[0]))}
      side={isEmpty ? undefined : text.position.line}
    >
      {isEmpty || isFree ? (
        <p className="lab m">{isFree ? text.position.free : text.position.empty}</p>
      ) : (
        <>
          <KlByPosition lanes={lanes} trends={trends} context={context} height={210} />
          <h3 className="trend-title">{text.trend.title}</h3>
          {lanes.map((lane, i) => (
            <p key={lane.lane}>
              <b className={`tone-${lane.tone}`}>{lane.label}</b> {trends[i] && sentence(trends[i])}{' '}
              <span className="m">{range(lane)}</span>
            </p>
          ))}
          <p className="lab q">{text.trend.how}</p>
        </>
      )}
    </Panel>
  );
}

const binSize = (lane: LanePositions): number => {
  const [first] = binsOf(lane);
  return first ? first.to - first.from + 1 : 1;
};

const range = ({ at }: LanePositions): string => text.trend.range(grouped(at[0]), grouped(at[at.length - 1]));

/** A change over 100 tokens: in percent, from tenfold on as a factor. */
const changeText = (share: number): string =>
  share >= 9
    ? text.trend.factor(grouped(share + 1))
    : text.trend.percent(fixed(share * 100, Math.abs(share) < 0.1 ? 1 : 0));

function sentence(trend: Trend): string {
  if (trend.kind === 'few') return text.trend.few(trend.n);
  if (trend.kind === 'zero') return text.trend.zero;
  const [low, high] = [changeText(trend.low), changeText(trend.high)];
  if (trend.kind === 'flat') return text.trend.flat(low, high);
  return text.trend[trend.kind](changeText(Math.abs(trend.value)), low, high);
}
