import { useState } from 'react';
import { ChartFigure } from '../draw/ChartFigure';
import { fixed, klText } from '../draw/figures';
import { Rules } from '../draw/Rules';
import { decades, linear, log10 } from '../draw/scale';
import type { GridRow } from '../lab/grid/gridData';
import { frontierOf } from '../lab/grid/gridData';
import type { Figure } from '../lab/grid/gridForm';
import { drawer } from '../text/en-drawer';
import { grid } from '../text/en-grid';

const LEFT = 34;
const BITS: [number, number] = [2, 16];
const NATS: [number, number] = [1e-4, 10];
const TICKS = [2, 4, 6, 8, 12, 16];
const nameOf = ({ k, v }: GridRow) => grid.pair(String(k), String(v));

/** The pairs of the grid that nothing smaller beats. */
export function SmallFrontier({ rows, by, height }: { rows: readonly GridRow[]; by: Figure; height: number }) {
  const [at, setAt] = useState(0);
  const line = frontierOf(rows, by);
  const now = line[Math.min(at, line.length - 1)];
  return (
    <ChartFigure
      name={drawer.frontier.title}
      keys={{
        move: (dx, dy) => setAt(Math.min(line.length - 1, Math.max(0, at + (dx || -dy)))),
        describe: () => grid.cell(nameOf(now), grid.byLong[by], klText(now[by]), '', fixed(now.bits)),
      }}
      table={{
        columns: () => grid.frontier.columns.slice(0, 4),
        rows: () => line.length,
        row: (i) => [nameOf(line[i]), fixed(line[i].bits), klText(line[i].klMedian), klText(line[i].kl99)],
      }}
    >
      {(width) => {
        const [right, bottom] = [width - 10, height - 17];
        const x = linear(BITS, [LEFT, right]);
        const y = log10(NATS, [bottom, 6]);
        return (
          <svg
            width={width}
            height={height}
            viewBox={`0 0 ${width} ${height}`}
            role="img"
            aria-label={drawer.frontier.title}
          >
            <Rules ticks={decades(NATS).filter((_, i) => i % 2 === 0)} y={y.at} left={LEFT} right={right} />
            {TICKS.map((tick) => (
              <text key={tick} x={x.at(tick)} y={bottom + 14} textAnchor={tick === 16 ? 'end' : 'middle'}>
                {tick === 16 ? `16 ${drawer.frontier.x}` : tick}
              </text>
            ))}
            <polyline
              className="best-line"
              points={line.map((row) => `${x.at(row.bits)},${y.at(row[by])}`).join(' ')}
            />
            {line.map((row) => (
              <circle
                key={nameOf(row)}
                className={row === now ? 'dot hovered' : 'dot'}
                cx={x.at(row.bits)}
                cy={y.at(row[by])}
                r={3}
              >
                <title>{grid.cell(nameOf(row), grid.byLong[by], klText(row[by]), '', fixed(row.bits))}</title>
              </circle>
            ))}
          </svg>
        );
      }}
    </ChartFigure>
  );
}
