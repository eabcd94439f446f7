import { useRef } from 'react';
import { klText } from '../draw/figures';
import { comparesArms } from '../draw/lanes';
import { putText, useLive } from '../draw/live';
import { runMode } from '../draw/runMode';
import { frames } from '../frames';
import { useStore } from '../store';
import { charts } from '../text/charts';
import { cursorStep } from '../use-frames';
import { armTally, klSummary } from './klData';

const klAt = (lane: number, step: number) => frames.lanes[lane]?.kl[step] ?? Number.NaN;

/** The column at the right of the plot. Its figures are written every frame; React renders it once per layout. */
export function KlReadout() {
  const arms = useStore(comparesArms);
  return arms ? <TwoArms /> : <OneLane />;
}

function OneLane() {
  const now = useRef<HTMLElement>(null);
  const median = useRef<HTMLElement>(null);
  const p99 = useRef<HTMLElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useLive(() => {
    const state = useStore.getState();
    const off = frames.count === 0 || runMode(state) === 'free-running';
    putText(now.current, off ? '–' : klText(klAt(state.lane, cursorStep(state.cursor))));
    box.current?.classList.toggle('off', off);
    if (off) return;
    const summary = klSummary(state, state.lane);
    putText(median.current, klText(summary.median));
    putText(p99.current, klText(summary.p99));
    if (box.current) box.current.title = charts.kl.since(summary.from, frames.count - 1);
  });
  return (
    <div className="kl-readout" ref={box}>
      <b className="now tone-a" ref={now} />
      <span>{charts.kl.now}</span>
      <span className="stat">
        <b ref={median} /> {charts.kl.median}
      </span>
      <span className="stat">
        <b ref={p99} /> {charts.kl.p99}
      </span>
    </div>
  );
}

function TwoArms() {
  const a = useRef<HTMLElement>(null);
  const b = useRef<HTMLElement>(null);
  const tally = useRef<HTMLElement>(null);
  useLive(() => {
    const state = useStore.getState();
    const step = cursorStep(state.cursor);
    const off = frames.count === 0 || runMode(state) === 'free-running';
    putText(a.current, off ? '–' : klText(klAt(1, step)));
    putText(b.current, off ? '–' : klText(klAt(2, step)));
    const { lower, of } = armTally(state);
    putText(tally.current, off ? '–' : charts.kl.ofSteps(lower, of));
  });
  return (
    <div className="kl-readout two">
      <b className="now tone-a" ref={a} />
      <span>{charts.kl.armNow('A')}</span>
      <b className="now tone-b" ref={b} />
      <span>{charts.kl.armNow('B')}</span>
      <span className="tally">
        {charts.kl.lowerIn}
        <b ref={tally} />
      </span>
    </div>
  );
}
