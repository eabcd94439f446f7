import type { CSSProperties } from 'react';
import { useRef } from 'react';
import type { HeadAt, MapLayout, MapShape } from '../../attention/mapLayout';
import { cellAt, mapLayout, moveHead } from '../../attention/mapLayout';
import { paintMap } from '../../attention/mapPaint';
import { metricById } from '../../attention/metrics';
import type { PointerPhase } from '../../draw/ChartCanvas';
import { ChartCanvas } from '../../draw/ChartCanvas';
import { fixed } from '../../draw/figures';
import { charts } from '../../text/charts';
import { sensitivity as text } from '../../text/en-sensitivity';

interface Props {
  name: string;
  shape: MapShape;
  /** [layers][heads]; null = not measured yet. */
  values: Float32Array | null;
  hovered: HeadAt | null;
  onHover: (at: HeadAt | null) => void;
  bars: boolean;
}

/** The colour domain of total variation serves relative errors too: both lie in 0..1 nearly always, and stay comparable. */
export const mapMetric = metricById('tv');
const never = () => () => {};

/** One side's map of all layers and heads. Hovering shows a cell in both maps. */
export function SideMap({ name, shape, values, hovered, onHover, bars }: Props) {
  const layout = useRef<MapLayout | null>(null);
  const say = ({ layer, head }: HeadAt) => {
    const group = Math.floor((head * shape.kvHeads) / shape.heads);
    if (!values) return text.notYet;
    return charts.heads.spoken(layer, head, group, name, fixed(values[layer * shape.heads + head], 4));
  };
  const onPoint = (phase: PointerPhase, x: number, y: number) =>
    onHover(layout.current && phase !== 'leave' ? cellAt(layout.current, x, y) : null);
  return (
    <div className="side-map" style={{ '--layers': shape.layers } as CSSProperties}>
      <ChartCanvas
        name={name}
        className="head-map-canvas"
        subscribe={never}
        onPoint={onPoint}
        paint={(surface) => {
          layout.current = mapLayout(surface.width, surface.height, shape, { bars, numbers: true });
          paintMap(surface, layout.current, {
            ...{ metric: mapMetric, values, hovered, locked: null, group: -1, parted: null },
            ...{ kvLabel: charts.heads.kv, barsLabel: charts.heads.layerMean },
          });
        }}
        keys={{
          move: (dx, dy) => onHover(moveHead(shape, hovered ?? { layer: -dy, head: -dx }, dx, dy)),
          free: () => onHover(null),
          describe: () => say(hovered ?? { layer: 0, head: 0 }),
        }}
        table={{
          columns: () => [charts.heads.layer, ...Array.from({ length: shape.heads }, (_, h) => `H${h}`)],
          rows: () => shape.layers,
          row: (layer) => [
            `L${layer}`,
            ...Array.from({ length: shape.heads }, (_, h) =>
              values ? fixed(values[layer * shape.heads + h], 4) : text.notYet,
            ),
          ],
        }}
      />
    </div>
  );
}
