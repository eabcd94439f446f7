import { useState } from 'react';
import { calibratedOn, detectors } from '../../gpu/measure/detector-registry';
import type { Level } from '../../gpu/measure/verdict';
import { verdictOf } from '../../gpu/measure/verdict';
import type { Finding, Watch } from '../../gpu/measure/watch';
import { ChartTable } from '../draw/ChartTable';
import { fixed } from '../draw/figures';
import { comparesArms } from '../draw/lanes';
import { useLiveAt } from '../draw/live';
import { Panel } from '../draw/Panel';
import { frames } from '../frames';
import { useStore } from '../store';
import { breaks as text } from '../text/en-verdict';
import { BreakRow } from './BreakRow';
import { figuresOf } from './figures';
import './verdict.css';
import { watchRun } from './watchRun';

/** Each detector with its first failing step, the earliest first; those that never fired say over how many steps. */
export function BreaksPanel() {
  useLiveAt(3);
  const [open, setOpen] = useState(false);
  const state = useStore.getState();
  const now = watchRun();
  const { watch } = now ?? {};
  const found = watch?.findings(state.lane) ?? [];
  const rows = detectors.map(({ id }) => found.find((one) => one.id === id) ?? blank(id)).sort(byStep);
  const of = watch ? figuresOf(state, state.lane) : null;
  const level: Level = of && verdictOf(of) === 'breaks' ? 'breaks' : 'watch';
  const steps = frames.count - 1;
  const { note, fine } = watch ? beside(watch, comparesArms(state), state.lane) : { note: text.empty, fine: '' };
  const thinned = now && now.headSteps > 0 && now.headSteps < steps ? text.thinned(now.headSteps, steps) : '';
  return (
    <Panel
      className="breaks"
      title={text.title}
      note={note}
      side={
        watch && (
          <button type="button" className="word" onClick={() => setOpen(true)}>
            {text.table}
          </button>
        )
      }
    >
      <ul>
        {rows.map((row) => (
          <BreakRow key={row.id} row={row} lane={state.lane} watch={watch} level={level} />
        ))}
      </ul>
      <p className="fine">
        {fine}
        {calibratedOn ? text.calibrated(calibratedOn) : text.start} {thinned}
      </p>
      {open && (
        <div className="chart-table">
          <ChartTable name={text.title} source={table} onClose={() => setOpen(false)} />
        </div>
      )}
    </Panel>
  );
}

const blank = (id: Finding['id']): Finding => ({ id, firstStep: null, peak: 0, steps: 0, absent: null });

const byStep = (a: Finding, b: Finding) =>
  (a.firstStep ?? Number.POSITIVE_INFINITY) - (b.firstStep ?? Number.POSITIVE_INFINITY) || 0;

const hits = (watch: Watch, lane: number): string[] =>
  watch
    .findings(lane)
    .filter(({ firstStep }) => firstStep !== null)
    .map(({ id, firstStep }) => text.hit(detectors.find((one) => one.id === id)?.title ?? id, firstStep as number));

/** What FP16 does too, in words; between two arms, also what the other one does. */
function beside(watch: Watch, arms: boolean, lane: number): { note: string; fine: string } {
  const own = hits(watch, 0);
  const seen = watch.findings(0).some(({ steps }) => steps > 0);
  const shadow = own.length > 0 ? text.shadowFires(own) : text.shadowPasses;
  if (!arms) return { note: text.note, fine: seen ? `${text.sentence(shadow)} ` : '' };
  const [arm, other] = lane === 1 ? ['A', 'B'] : ['B', 'A'];
  const fired = hits(watch, 3 - lane);
  const says = fired.length > 0 ? text.otherFires(other, fired) : text.otherClean(other);
  return { note: text.arm(arm), fine: `${says} ${text.sentence(shadow)} ` };
}

const table = {
  columns: () => [text.stepColumn, ...detectors.map(({ title }) => title)],
  rows: () => frames.count,
  row: (step: number) => {
    const watch = watchRun()?.watch;
    const { lane } = useStore.getState();
    const value = (id: Finding['id']) => watch?.values(id, lane)[step] ?? Number.NaN;
    return [String(step), ...detectors.map(({ id }) => (Number.isNaN(value(id)) ? '–' : fixed(value(id), 3)))];
  },
};
