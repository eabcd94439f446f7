import { useState } from 'react';
import { ChartFigure } from '../../draw/ChartFigure';
import { fixed } from '../../draw/figures';
import { Rules } from '../../draw/Rules';
import { decades, linear, log10 } from '../../draw/scale';
import { sensitivity as text } from '../../text/en-sensitivity';
import type { LocalRow } from './rows';

interface Props {
  k: readonly LocalRow[];
  v: readonly LocalRow[];
  layers: number;
  bits: number;
  hovered: number | null;
  onHover: (layer: number | null) => void;
}

const HEIGHT = 168;
const LEFT = 40;
const BOTTOM = HEIGHT - 32;
const DOMAIN: [number, number] = [1e-3, 1];

/** Relative error of each layer's attention output: keys solid, values dashed, on one fixed scale. */
export function LayerErrors({ k, v, layers, bits, hovered, onHover }: Props) {
  const [at, setAt] = useState(0);
  const say = (layer: number) =>
    k[layer] && v[layer] ? text.layer(layer, fixed(k[layer].block, 4), fixed(v[layer].block, 4)) : text.notYet;
  const move = (by: number) => {
    const next = Math.min(layers - 1, Math.max(0, at + by));
    setAt(next);
    onHover(next);
  };
  return (
    <ChartFigure
      name={text.layersName(bits)}
      keys={{ move: (dx, dy) => move(dx || dy), free: () => onHover(null), describe: () => say(at) }}
      table={{
        columns: () => text.layerColumns,
        rows: () => layers,
        row: (layer) => [`L${layer}`, ...[k, v].map((side) => (side[layer] ? fixed(side[layer].block, 4) : '–'))],
      }}
    >
      {(width) => {
        const x = linear([0, Math.max(1, layers - 1)], [LEFT + 6, width - 10]);
        const y = log10(DOMAIN, [BOTTOM, 14]);
        const line = (side: readonly LocalRow[]) =>
          side.map((row) => `${x.at(row.layer)},${y.at(row.block)}`).join(' ');
        const every = layers > 12 ? 5 : 1;
        return (
          <svg className="lines" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
            <Rules ticks={decades(DOMAIN)} y={y.at} left={LEFT} right={width} />
            {Array.from({ length: Math.ceil(layers / every) }, (_, i) => i * every).map((layer) => (
              <text key={layer} x={x.at(layer)} y={BOTTOM + 14} textAnchor="middle">
                {layer}
              </text>
            ))}
            <text x={width} y={HEIGHT - 4} textAnchor="end">
              {text.layerAxis}
            </text>
            {hovered !== null && <line className="cursor" x1={x.at(hovered)} x2={x.at(hovered)} y1={10} y2={BOTTOM} />}
            <polyline className="keys" points={line(k)} />
            <polyline className="values" points={line(v)} />
            {k.map(({ layer }) => (
              <rect
                key={layer}
                className="catch"
                x={x.at(layer - 0.5)}
                y={0}
                width={x.at(1) - x.at(0)}
                height={BOTTOM}
                onPointerEnter={() => onHover(layer)}
                onPointerLeave={() => onHover(null)}
              />
            ))}
          </svg>
        );
      }}
    </ChartFigure>
  );
}
