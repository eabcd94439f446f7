import { useState } from 'react';
import type { CacheRow, WeightRow } from '../../../gpu/lab/experiments/mechanism';
import type { Ratio } from '../../../gpu/lab/mechanism/claim';
import { logRatio, ratioOf } from '../../../gpu/lab/mechanism/claim';
import { ChartFigure } from '../../draw/ChartFigure';
import { fixed } from '../../draw/figures';
import { log10 } from '../../draw/scale';
import { mechanism as text } from '../../text/en-mechanism';

interface Props {
  weights: readonly WeightRow[];
  caches: readonly CacheRow[];
  ratio: Ratio;
}

const HEIGHT = 300;
const LEFT = 52;
const BOTTOM = HEIGHT - 36;
const TICKS = [0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100];

/** Both axes as wide as their data need, 1 always inside: the ratio itself is what is read off, not its colour. */
function domainOf(values: readonly number[]): [number, number] {
  const reach = Math.max(2, ...values.map((value) => Math.max(value, 1 / value))) * 1.15;
  return [1 / reach, reach];
}

/** One dot a layer: norm of keys over that of values, against error of coded keys over that of coded values. Both log. */
export function RatioPlot({ weights, caches, ratio }: Props) {
  const [at, setAt] = useState<number | null>(null);
  const dots = caches.map((cache, l) => ({
    layer: cache.layer,
    norm: weights[l] ? Math.exp(ratioOf(ratio, weights[l], cache)) : 1,
    error: Math.exp(logRatio(cache.kError, cache.vError)),
  }));
  const shown = weights.length > 0 ? dots : [];
  const say = (layer: number) =>
    shown[layer] ? text.dot(layer, fixed(shown[layer].norm), fixed(shown[layer].error)) : text.plotEmpty;
  const move = (by: number) => setAt(Math.min(shown.length - 1, Math.max(0, at === null ? 0 : at + by)));
  return (
    <ChartFigure
      name={text.plotTitle}
      keys={{ move: (dx, dy) => move(dx || dy), free: () => setAt(null), describe: () => say(at ?? 0) }}
      table={{
        columns: () => text.plotColumns,
        rows: () => shown.length,
        row: (i) => [`L${shown[i].layer}`, fixed(shown[i].norm), fixed(shown[i].error)],
      }}
    >
      {(width) => {
        const [xs, ys] = [domainOf(shown.map(({ norm }) => norm)), domainOf(shown.map(({ error }) => error))];
        const x = log10(xs, [LEFT, width - 10]);
        const y = log10(ys, [BOTTOM, 16]);
        const inside = ([low, high]: [number, number]) => TICKS.filter((tick) => tick >= low && tick <= high);
        const named = at === null ? null : shown[at];
        return (
          <svg
            className="ratio-plot"
            width={width}
            height={HEIGHT}
            viewBox={`0 0 ${width} ${HEIGHT}`}
            aria-hidden="true"
          >
            {inside(ys).map((tick) => (
              <g key={tick}>
                <line
                  className={tick === 1 ? 'one' : 'rule'}
                  x1={LEFT}
                  x2={width - 10}
                  y1={y.at(tick)}
                  y2={y.at(tick)}
                />
                <text x={LEFT - 6} y={y.at(tick) + 4} textAnchor="end">
                  {tick}
                </text>
              </g>
            ))}
            {inside(xs).map((tick) => (
              <g key={tick}>
                <line className={tick === 1 ? 'one' : 'rule'} x1={x.at(tick)} x2={x.at(tick)} y1={16} y2={BOTTOM} />
                <text x={x.at(tick)} y={BOTTOM + 14} textAnchor="middle">
                  {tick}
                </text>
              </g>
            ))}
            <text x={width - 10} y={HEIGHT - 4} textAnchor="end">
              {text.names[ratio]}
            </text>
            <text x={LEFT} y={10}>
              {text.plotY}
            </text>
            {shown.length === 0 && (
              <text className="lead" x={(LEFT + width) / 2} y={HEIGHT / 2} textAnchor="middle">
                {text.plotEmpty}
              </text>
            )}
            {shown.map(({ layer, norm, error }, i) => (
              <circle
                key={layer}
                className={i === at ? 'on' : ''}
                cx={x.at(norm)}
                cy={y.at(error)}
                r={i === at ? 5.5 : 3.5}
                onPointerEnter={() => setAt(i)}
                onPointerLeave={() => setAt(null)}
              />
            ))}
            {named && (
              <text
                className="name"
                x={x.at(named.norm) + (x.at(named.norm) > width - 60 ? -9 : 9)}
                y={y.at(named.error) - 7}
                textAnchor={x.at(named.norm) > width - 60 ? 'end' : 'start'}
              >
                {`L${named.layer}`}
              </text>
            )}
          </svg>
        );
      }}
    </ChartFigure>
  );
}
