import { useCallback, useRef, useState } from 'react';
import type { PointerPhase } from '../draw/ChartCanvas';
import { ChartCanvas } from '../draw/ChartCanvas';
import type { Surface } from '../draw/canvas';
import { fixed, signed } from '../draw/figures';
import { comparesArms, laneLabel } from '../draw/lanes';
import { putText, subscribeLive, useLive } from '../draw/live';
import { useNarrow } from '../draw/narrow';
import { Panel } from '../draw/Panel';
import type { HeadId, State } from '../store';
import { useStore } from '../store';
import { charts } from '../text/charts';
import { en } from '../text/en';
import './attention.css';
import { rowValues } from './half';
import { mapShape, shownRow } from './headSource';
import { keyName } from './keyName';
import { SignedLegend } from './MetricLegend';
import type { RowLayout } from './rowLayout';
import { keyAt, rowLayout } from './rowLayout';
import { paintRowLabels, rowLabels } from './rowNames';
import { paintEmptyStrips, paintMissing, paintRowHeads, paintStrip } from './rowPaint';
import type { StripChoice } from './rowStrips';
import { rowStrips } from './rowStrips';
import { StripSwitch } from './StripSwitch';

/** One query's attention over all keys: FP16, the lane, and what changed. */
export function RowView() {
  const narrow = useNarrow();
  const arms = useStore(comparesArms);
  const [choice, setChoice] = useState<StripChoice>('lane');
  const layout = useRef<RowLayout | null>(null);
  const key = useRef(-1);
  const redraw = useRef<() => void>(() => undefined);

  const paint = useCallback(
    (surface: Surface) => {
      const state = useStore.getState();
      const strips = rowStrips(state, surface.theme, narrow ? choice : null);
      const shown = shownRow(state);
      const lanes = shownLanesOf(shown);
      const length = shown?.length ?? 0;
      const height = narrow ? 30 : arms ? 19 : 26;
      layout.current = rowLayout(surface.width, length, strips.length, height, narrow ? 0 : 46);
      paintRowHeads(surface, layout.current, strips);
      if (!lanes) return paintWithout(surface, layout.current);
      strips.forEach((strip, i) => {
        paintStrip(surface, layout.current as RowLayout, i, strip, lanes);
      });
      const hovered = key.current < length ? key.current : -1;
      const nameOf = (k: number) => keyName(state, k);
      paintRowLabels(
        surface,
        layout.current,
        rowLabels(lanes[0], lanes[state.lane] ?? lanes[0], nameOf, hovered, arms),
      );
    },
    [narrow, arms, choice],
  );

  const subscribe = useCallback((request: () => void) => {
    redraw.current = request;
    return subscribeLive(request);
  }, []);

  const show = (next: number) => {
    if (next === key.current) return;
    key.current = next;
    redraw.current();
  };
  const onPoint = (phase: PointerPhase, x: number) => {
    const lanes = shownLanesOf(shownRow(useStore.getState()));
    if (phase === 'leave' || !lanes || !layout.current) return show(-1);
    const lane = lanes[useStore.getState().lane] ?? lanes[0];
    show(keyAt(layout.current, x, (k) => Math.max(lanes[0][k], lane[k])));
  };
  const move = (dx: number, dy: number) => {
    const length = shownLanesOf(shownRow(useStore.getState()))?.[0].length ?? 0;
    const from = key.current < 0 ? length - 1 : key.current;
    show(Math.max(0, Math.min(length - 1, from + dx + dy)));
  };

  return (
    <Panel
      className={arms ? 'row-view arms' : 'row-view'}
      title={charts.row.title}
      note={<RowTitle />}
      side={narrow ? <StripSwitch choice={choice} onChoose={setChoice} /> : <SignedLegend limit={0.25} />}
    >
      <ChartCanvas
        name={charts.row.title}
        className="row-canvas"
        paint={paint}
        subscribe={subscribe}
        onPoint={onPoint}
        keys={{ move, free: () => show(-1), describe: () => describe(key.current) }}
        table={table}
      />
    </Panel>
  );
}

const shownLanesOf = (shown: ReturnType<typeof shownRow>) => shown?.row?.lanes.map(rowValues) ?? null;

function paintWithout(surface: Surface, layout: RowLayout): void {
  const state = useStore.getState();
  const shown = shownRow(state);
  if (!shown) {
    paintEmptyStrips(surface, layout);
    return;
  }
  paintMissing(surface, layout, whyMissing(state, shown.head, shown.step));
}

function whyMissing(state: State, { layer, head }: HeadId, step: number): string {
  const { row } = charts;
  if (!state.recording || step === 0)
    return (state.phase === 'playing' ? row.missingNow : row.missing)(layer, head, step);
  const kept = state.recording.heads.slice(0, 6).map((at) => `L${at.layer} H${at.head}`);
  return kept.length > 0 ? en.recording.noRow(layer, head, kept.join(', ')) : en.recording.noRows(layer, head);
}

function RowTitle() {
  const node = useRef<HTMLSpanElement>(null);
  useLive(() => {
    const state = useStore.getState();
    const shown = shownRow(state);
    const { heads, kvHeads } = mapShape(state);
    const kv = shown ? Math.floor((shown.head.head * kvHeads) / heads) : 0;
    putText(
      node.current,
      shown ? charts.row.query(shown.head.layer, shown.head.head, kv, shown.step) : charts.row.none,
    );
  });
  return <span ref={node} />;
}

function describe(key: number): string {
  const state = useStore.getState();
  const lanes = shownLanesOf(shownRow(state));
  if (!lanes || key < 0) return charts.row.none;
  const lane = lanes[state.lane] ?? lanes[0];
  return charts.row.spoken(
    key,
    keyName(state, key),
    fixed(lanes[0][key], 3),
    laneLabel(state, state.lane),
    fixed(lane[key], 3),
  );
}

const table = {
  columns: () => {
    const state = useStore.getState();
    return [charts.row.key, charts.row.token, charts.fp16, laneLabel(state, state.lane), 'Δ'];
  },
  rows: () => shownRow(useStore.getState())?.row?.length ?? 0,
  row: (key: number) => {
    const state = useStore.getState();
    const lanes = shownLanesOf(shownRow(state)) as Float32Array[];
    const lane = lanes[state.lane] ?? lanes[0];
    return [
      String(key),
      keyName(state, key),
      fixed(lanes[0][key], 4),
      fixed(lane[key], 4),
      signed(lane[key] - lanes[0][key], 4),
    ];
  },
};
