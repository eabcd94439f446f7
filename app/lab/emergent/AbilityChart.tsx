import { wilson } from '../../../gpu/measure/statistics/wilson';
import type { TaskLine } from '../../../gpu/measure/task-report';
import { linear } from '../../draw/scale';
import { emergent as text } from '../../text/en-emergent';
import { percent } from '../tasks/figures';
import type { Arm } from './arms';
import { ARMS, BITS, cellOf } from './arms';

const WIDTH = 320;
const HEIGHT = 170;
const LEFT = 34;
const BOTTOM = HEIGHT - 22;
const y = linear([0, 1], [BOTTOM, 10]);
/** Even steps, 16 bits at the left; arms stand a little apart so that their intervals do not cover each other. */
const SHIFT: Record<Arm, number> = { both: 0, k: -6, v: 6, w: 12 };
const x = (bits: (typeof BITS)[number], arm: Arm = 'both'): number =>
  LEFT + 24 + ((WIDTH - LEFT - 48) * BITS.indexOf(bits)) / (BITS.length - 1) + SHIFT[arm];

/** One probe: share right against bits for keys and values together, keys alone (solid), values alone (dashed), weights (dotted). */
export function AbilityChart({ line, name }: { line: TaskLine; name: string }) {
  const { fp16 } = line;
  return (
    <svg className="ability" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={text.chart(name)}>
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <line className="grid" x1={LEFT} x2={WIDTH} y1={y.at(share)} y2={y.at(share)} />
          <text x={LEFT - 6} y={y.at(share) + 4} textAnchor="end">
            {percent(share)}
          </text>
        </g>
      ))}
      <line className="chance" x1={LEFT} x2={WIDTH} y1={y.at(fp16.chance)} y2={y.at(fp16.chance)} />
      <text x={LEFT + 2} y={y.at(fp16.chance) - 3}>
        {text.chance}
      </text>
      {BITS.map((bits) => (
        <text key={bits} x={x(bits)} y={HEIGHT - 6} textAnchor="middle">
          {bits}
        </text>
      ))}
      {ARMS.map((arm) => (
        <Line key={arm} line={line} arm={arm} />
      ))}
    </svg>
  );
}

function Line({ line, arm }: { line: TaskLine; arm: Arm }) {
  const points = BITS.flatMap((bits) => {
    const cell = cellOf(line, arm, bits);
    const range = cell && wilson(cell.right, cell.n);
    return range ? [{ at: x(bits, bits === 16 ? 'both' : arm), ...range }] : [];
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
