import { useMemo, useState } from 'react';
import { formatLane } from '../../../gpu/kv/lane';
import { pairOf } from '../../../gpu/kv/lane-pairs';
import { FEWEST } from '../../../gpu/measure/verdict';
import { fixed, klText } from '../../draw/figures';
import { laneTone, shownLanes } from '../../draw/lanes';
import { Panel } from '../../draw/Panel';
import { useStore } from '../../store';
import { grid as text } from '../../text/en-grid';
import { Segment } from '../../ui/Segment';
import { megabytes } from '../../ui/units';
import { Budget } from '../grid/Budget';
import { GridLegend } from '../grid/GridLegend';
import { GridSetup } from '../grid/GridSetup';
import { GridTable } from '../grid/GridTable';
import { GridTools } from '../grid/GridTools';
import '../grid/grid.css';
import type { Axes, GridRow } from '../grid/gridData';
import { bestWithin, keyOf } from '../grid/gridData';
import { editGrid } from '../grid/gridForm';
import { PairFrontier } from '../grid/PairFrontier';
import { useGrid } from '../grid/useGrid';
import { JobBar } from '../JobBar';
import { openLane } from '../open-lane';
import type { LabSection } from '../section';

const FIGURES = [
  ['klMedian', text.bys.klMedian],
  ['kl99', text.bys.kl99],
] as const;
const NO_MARKS = new Map<string, 'a' | 'b' | 'other'>();

function GridPanel() {
  const grid = useGrid();
  const { form, prompt, job, axes, rows } = grid;
  const [hovered, setHovered] = useState<string | null>(null);
  const byKey = useMemo(() => new Map(rows.map((row) => [keyOf(row.k, row.v), row])), [rows]);
  const marks = useMarks(axes);
  const best = bestWithin(rows, form.by, form.budget);
  const bestKey = best ? keyOf(best.row.k, best.row.v) : null;
  const shown = byKey.get(hovered ?? bestKey ?? '');
  const open = (k: GridRow['k'], v: GridRow['v']) => axes && openLane(pairOf(axes.base, k, v), prompt);
  const shared = { by: form.by, marks, best: bestKey, hovered, onHover: setHovered };
  const pairs = axes ? axes.ks.length * axes.vs.length : 0;
  return (
    <div className="lab-grid">
      <Panel
        className="grid-panel"
        title={text.title}
        note={text.note(text.byLong[form.by], pairs, rows[0]?.steps ?? form.steps)}
      >
        <GridSetup {...grid} />
        <JobBar id="grid" />
        {axes && <GridTable axes={axes} rows={byKey} onOpen={open} {...shared} />}
        <p className="grid-readout lab">{shown ? <Readout row={shown} /> : '\u00a0'}</p>
        <GridLegend />
        {rows[0] && rows[0].steps < FEWEST && <p className="lab m">{text.few(rows[0].steps)}</p>}
        <p className="lab m">{text.tested}</p>
      </Panel>
      <Panel
        className="frontier-panel"
        title={text.frontier.title}
        note={text.frontier.note}
        side={<Segment label={text.by} options={FIGURES} value={form.by} onChange={(by) => editGrid({ by })} />}
      >
        <PairFrontier rows={rows} budget={form.budget} onOpen={({ k, v }) => open(k, v)} {...shared} />
        <Budget
          best={best}
          hasRows={rows.length > 0}
          by={form.by}
          budget={form.budget}
          onOpen={({ k, v }) => open(k, v)}
        />
        {job && rows.length > 0 && <GridTools rows={rows} job={job} />}
      </Panel>
    </div>
  );
}

function Readout({ row }: { row: GridRow }) {
  const { bits, klMedian, kl99, sameTop, bytes, fp16Bytes } = row;
  const figures = [fixed(bits), klText(klMedian), klText(kl99), fixed(sameTop * 100, 1), megabytes(bytes, 2)] as const;
  return (
    <>
      <b>{text.pair(String(row.k), String(row.v))}</b>{' '}
      <span className="m">{text.readout(...figures, fixed(bytes / fp16Bytes))}</span>
    </>
  );
}

/** Cells that are lanes of the run on screen, or of the settings before one. */
function useMarks(axes: Axes | null): ReadonlyMap<string, 'a' | 'b' | 'other'> {
  const settings = useStore((s) => s.settings);
  const runInfo = useStore((s) => s.runInfo);
  const lane = useStore((s) => s.lane);
  return useMemo(() => {
    if (!axes) return NO_MARKS;
    const named = { settings, runInfo, lane };
    const lanes = shownLanes(named).map(formatLane);
    const marks = new Map<string, 'a' | 'b' | 'other'>();
    for (const k of axes.ks)
      for (const v of axes.vs) {
        const at = lanes.indexOf(formatLane(pairOf(axes.base, k, v)));
        if (at >= 0) marks.set(keyOf(k, v), laneTone(named, at + 1));
      }
    return marks;
  }, [axes, settings, runInfo, lane]);
}

export default { id: 'grid', order: 10, title: text.nav, Panel: GridPanel } satisfies LabSection;
