import { useState } from 'react';
import { wilson } from '../../../gpu/measure/statistics/wilson';
import type { TaskLine } from '../../../gpu/measure/task-report';
import { ChartFigure } from '../../draw/ChartFigure';
import { Rules } from '../../draw/Rules';
import { linear } from '../../draw/scale';
import { emergent as text } from '../../text/en-emergent';
import { interval, percent } from '../tasks/figures';
import type { Arm } from './arms';
import { ARMS, BITS, cellOf } from './arms';

const HEIGHT = 170;
const LEFT = 34;
const BOTTOM = HEIGHT - 22;
const SHARES: [number, number] = [0, 1];
const y = linear(SHARES, [BOTTOM, 10]);
/** Arms stand a little apart so that their intervals do not cover each other, px. */
const SHIFT: Record<Arm, number> = { both: 0, k: -6, v: 6, w: 12 };

/** One probe: share right against bits for keys and values together, keys alone (solid), values alone (dashed), weights (dotted). */
export function AbilityChart({ line, name }: { line: TaskLine; name: string }) {
  const [at, setAt] = useState(0);
  const { fp16 } = line;
  const say = (bits: number, arm: Arm) => {
    const cell = cellOf(line, arm, bits);
    return cell ? text.point(percent(cell.right / cell.n), interval(cell)) : text.notRun;
  };
  return (
    <ChartFigure
      name={text.chart(name)}
      keys={{
        move: (dx, dy) => setAt(Math.min(BITS.length - 1, Math.max(0, at + (dx || dy)))),
        describe: () => ARMS.map((arm) => text.spoken(BITS[at], text.arms[arm], say(BITS[at], arm))).join('; '),
      }}
      table={{
        columns: () => [text.columns.bits, ...ARMS.map((arm) => text.arms[arm])],
        rows: () => BITS.length,
        row: (i) => [String(BITS[i]), ...ARMS.map((arm) => say(BITS[i], arm))],
      }}
    >
      {(width) => {
        // Even steps, 16 bits at the left.
        const x = linear([0, BITS.length - 1], [LEFT + 24, width - 24]);
        return (
          <svg className="ability" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
            <Rules ticks={[0, 0.5, 1]} y={y.at} left={LEFT} right={width} text={percent} />
            <line className="chance" x1={LEFT} x2={width} y1={y.at(fp16.chance)} y2={y.at(fp16.chance)} />
            <text x={LEFT + 2} y={y.at(fp16.chance) - 3}>
              {text.chance}
            </text>
            {BITS.map((bits, i) => (
              <text key={bits} x={x.at(i)} y={HEIGHT - 6} textAnchor="middle">
                {bits}
              </text>
            ))}
            {ARMS.map((arm) => (
              <Line key={arm} line={line} arm={arm} x={x.at} />
            ))}
          </svg>
        );
      }}
    </ChartFigure>
  );
}

function Line({ line, arm, x }: { line: TaskLine; arm: Arm; x: (step: number) => number }) {
  const points = BITS.flatMap((bits, i) => {
    const cell = cellOf(line, arm, bits);
    const range = cell && wilson(cell.right, cell.n);
    return range ? [{ at: x(i) + (bits === 16 ? 0 : SHIFT[arm]), ...range }] : [];
  });
  return (
    <g className={`arm ${arm}`}>
      <path d={points.map(({ at, value }, i) => `${i === 0 ? 'M' : 'L'}${at} ${y.at(value)}`).join('')} />
      {points.map(({ at, value, low, high }) => (
        <g key={at}>
          <line x1={at} x2={at} y1={y.at(low)} y2={y.at(high)} />
          <circle cx={at} cy={y.at(value)} r={arm === 'both' ? 3.5 : 2.5} />
        </g>
      ))}
    </g>
  );
}
