import { useCallback, useRef, useState } from 'react';
import type { PointerPhase } from '../draw/ChartCanvas';
import { ChartCanvas } from '../draw/ChartCanvas';
import type { Surface } from '../draw/canvas';
import { laneLabel } from '../draw/lanes';
import { subscribeLive } from '../draw/live';
import { useStore } from '../store';
import { charts } from '../text/charts';
import { hasParted, mapShape, mapValues } from './headSource';
import type { MapLayout, MapParts } from './mapLayout';
import { cellAt, groupAt, mapLayout, moveHead } from './mapLayout';
import { paintMap } from './mapPaint';
import { metricById } from './metrics';
import { metricText } from './metricText';

/** One lane's map. Hover shows, click or Enter locks, Esc frees; touch locks at once. */
export function HeadMapCanvas({ lane, parts }: { lane: number; parts: MapParts }) {
  const layout = useRef<MapLayout | null>(null);
  const [group, setGroup] = useState(-1);

  const paint = useCallback(
    (surface: Surface) => {
      const state = useStore.getState();
      const metric = metricById(state.metric);
      layout.current = mapLayout(surface.width, surface.height, mapShape(state), parts);
      paintMap(surface, layout.current, {
        metric,
        values: mapValues(state, metric, lane),
        locked: state.head,
        hovered: state.hoveredHead,
        group,
        parted: hasParted(state, lane) ? charts.heads.parted : null,
        kvLabel: charts.heads.kv,
        barsLabel: charts.heads.layerMean,
      });
    },
    [lane, parts, group],
  );

  const onPoint = (phase: PointerPhase, x: number, y: number, touch: boolean) => {
    const { setHead, setHoveredHead } = useStore.getState();
    const cell = layout.current && phase !== 'leave' ? cellAt(layout.current, x, y) : null;
    setGroup(layout.current && phase === 'hover' ? groupAt(layout.current, x, y) : -1);
    if (phase === 'press' && cell) setHead(cell);
    setHoveredHead(touch || phase === 'press' ? null : cell);
  };

  const move = (dx: number, dy: number) => {
    const state = useStore.getState();
    state.setHoveredHead(moveHead(mapShape(state), state.hoveredHead ?? state.head, dx, dy));
  };
  const lock = () => {
    const { hoveredHead, setHead, setHoveredHead } = useStore.getState();
    if (hoveredHead) setHead(hoveredHead);
    setHoveredHead(null);
  };

  return (
    <ChartCanvas
      name={charts.heads.name(laneLabel(useStore.getState(), lane))}
      className="head-map-canvas"
      paint={paint}
      subscribe={subscribeLive}
      onPoint={onPoint}
      keys={{ move, lock, free: () => useStore.getState().setHoveredHead(null), describe: () => describe(lane) }}
      table={tableOf(lane)}
      cursor="pointer"
    />
  );
}

function describe(lane: number): string {
  const state = useStore.getState();
  const { layer, head } = state.hoveredHead ?? state.head;
  const metric = metricById(state.metric);
  const values = mapValues(state, metric, lane);
  if (hasParted(state, lane)) return charts.heads.parted.join(' ');
  if (!values) return charts.heads.none;
  const { heads, kvHeads } = mapShape(state);
  const value = metricText(metric, values[layer * heads + head]);
  return charts.heads.spoken(layer, head, Math.floor((head * kvHeads) / heads), charts.metrics[metric.id].name, value);
}

function tableOf(lane: number) {
  return {
    columns: () => [
      charts.heads.layer,
      ...Array.from({ length: mapShape(useStore.getState()).heads }, (_, h) => `H${h}`),
    ],
    rows: () => mapShape(useStore.getState()).layers,
    row: (layer: number) => {
      const state = useStore.getState();
      const metric = metricById(state.metric);
      const values = mapValues(state, metric, lane);
      const { heads } = mapShape(state);
      const cells = Array.from({ length: heads }, (_, h) =>
        values ? metricText(metric, values[layer * heads + h]) : '–',
      );
      return [`L${layer}`, ...cells];
    },
  };
}
