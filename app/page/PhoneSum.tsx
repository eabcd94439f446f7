import { verdictOf } from '../../gpu/measure/verdict';
import { fixed, klText } from '../draw/figures';
import { useLiveAt } from '../draw/live';
import { frames } from '../frames';
import { systemName, widthsName } from '../lane-name';
import { memoryNow } from '../memory/figures';
import { lastStep } from '../planned-steps';
import { bitsNow, laneNow } from '../precision/bits';
import { useStore } from '../store';
import { numbersOf, sinceMove } from '../summary/series';
import { en } from '../text/en';
import { cursorStep } from '../use-frames';

/** The five figures that stay in sight on a phone. */
export function PhoneSum() {
  useLiveAt(4);
  const state = useStore.getState();
  const text = en.page.sum;
  const memory = memoryNow(state);
  const step = cursorStep(state.cursor);
  const kl = step < 0 ? undefined : frames.lanes[state.lane]?.kl[step];
  const table = numbersOf(state, sinceMove(state))?.table;
  const level = table ? verdictOf(table) : null;
  return (
    <div className="sum">
      <div>
        <b className="a">{widthsName(laneNow(state), bitsNow(state))}</b>
        {level ? (
          <span className={`level ${level}`}>{en.numbers.levels[level]}</span>
        ) : (
          systemName(laneNow(state)) || text.lane
        )}
      </div>
      <div>
        <b>{memory ? `${fixed(memory.total / memory.fp16)}×` : '–'}</b>
        {text.memory}
      </div>
      <div>
        <b className="a">{kl === undefined ? '–' : klText(kl)}</b>
        {text.kl}
      </div>
      <div>
        <b>{table ? `${fixed(table.sameTop * 100, 0)} %` : '–'}</b>
        {text.sameTop}
      </div>
      <div>
        <b>{Math.max(0, step)}</b>
        {text.of(lastStep(state))}
      </div>
    </div>
  );
}
