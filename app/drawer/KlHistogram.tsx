import { useState } from 'react';
import { ascending, quantile } from '../divergence/quantile';
import { ChartFigure } from '../draw/ChartFigure';
import { decadeText, klText } from '../draw/figures';
import { Rules } from '../draw/Rules';
import { decades, linear, log10 } from '../draw/scale';
import { frames } from '../frames';
import type { LanePositions } from '../lab/length/positions';
import { drawer } from '../text/en-drawer';
import { BINS, edge, FLOOR, histogram, TOP } from './histogram';

const LEFT = 34;
const text = drawer.histogram;
const rangeOf = (bin: number): string =>
  bin === 0 ? `< ${klText(edge(1))}` : `${klText(edge(bin))}–${klText(edge(bin + 1))}`;

/** How often which KL: bars for the lane on show or arm A, an outline for arm B. */
export function KlHistogram({ lanes, height }: { lanes: readonly LanePositions[]; height: number }) {
  const [at, setAt] = useState(0);
  const counts = lanes.map(({ lane, steps }) =>
    histogram(frames.lanes[lane].kl, steps[0] ?? 0, frames.lanes[lane].count),
  );
  const [main] = lanes;
  const sorted = ascending(frames.lanes[main.lane].kl, main.steps[0] ?? 0, frames.lanes[main.lane].count);
  const median = quantile(sorted, 0.5);
  const most = Math.max(1, ...counts.flat());
  const figures = (bin: number) => lanes.map(({ label }, i) => text.figure(label, counts[i][bin])).join(', ');
  return (
    <ChartFigure
      name={text.title}
      keys={{
        move: (dx, dy) => setAt(Math.min(BINS - 1, Math.max(0, at + (dx || -dy)))),
        describe: () => text.spoken(rangeOf(at), figures(at)),
      }}
      table={{
        columns: () => text.columns(lanes.map(({ label }) => label)),
        rows: () => BINS,
        row: (bin) => [rangeOf(bin), ...counts.map((of) => String(of[bin]))],
      }}
    >
      {(width) => {
        const [right, bottom] = [width - 8, height - 17];
        const x = log10([FLOOR, TOP], [LEFT, right]);
        const y = linear([0, most], [bottom, 14]);
        const left = (bin: number) => LEFT + ((right - LEFT) * bin) / BINS;
        const wide = (right - LEFT) / BINS - 1;
        return (
          <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text.title}>
            <Rules ticks={[0, most]} y={y.at} left={LEFT} right={right} text={String} />
            {counts.map((of, i) => (
              <g key={lanes[i].lane} className={`tone-${lanes[i].tone}`}>
                {of.map((count, bin) =>
                  count === 0 ? null : (
                    <rect
                      // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its bin
                      key={bin}
                      className={i === 0 ? 'bar' : 'bar outline'}
                      x={left(bin)}
                      y={y.at(count)}
                      width={wide}
                      height={bottom - y.at(count)}
                    />
                  ),
                )}
              </g>
            ))}
            <line className="median" x1={x.at(median)} x2={x.at(median)} y1={4} y2={bottom} />
            <text
              x={x.at(median) - 5}
              y={10}
              textAnchor={x.at(median) > LEFT + 90 ? 'end' : 'start'}
              dx={x.at(median) > LEFT + 90 ? 0 : 10}
            >
              {text.median(klText(median))}
            </text>
            {decades([FLOOR, TOP]).map((tick, i, all) => (
              <text
                key={tick}
                x={x.at(tick)}
                y={bottom + 14}
                textAnchor={i === 0 ? 'start' : i === all.length - 1 ? 'end' : 'middle'}
              >
                {decadeText(tick)}
              </text>
            ))}
          </svg>
        );
      }}
    </ChartFigure>
  );
}
