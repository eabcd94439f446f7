import type { Spread } from './compareData';

const WIDE = 280;
const NARROW = 90;
const HEIGHT = 32;
const FLOOR = -4;
const DECADES = 5;
const POWERS = [0, 1, 2, 3, 4, 5];
const LABELS = ['10⁻⁴', '10⁻³', '0.01', '0.1', '1', '10'];

/** Log scale from 10⁻⁴ to 10 nats, as in the plot of KL per step; zero stands on the floor. */
const scale = (width: number) => (kl: number) =>
  (Math.min(DECADES, Math.max(0, Math.log10(Math.max(kl, 1e-9)) - FLOOR)) / DECADES) * width;

export function KlAxis({ narrow }: { narrow: boolean }) {
  const width = narrow ? NARROW : WIDE;
  const shown = narrow ? POWERS.filter((power) => power === 0 || power === 2 || power === DECADES) : POWERS;
  return (
    <svg className="kl-axis" viewBox={`0 0 ${width} 14`} aria-hidden="true">
      {shown.map((power) => (
        <text
          key={power}
          x={(power * width) / DECADES}
          y="11"
          textAnchor={power === 0 ? 'start' : power === DECADES ? 'end' : 'middle'}
        >
          {LABELS[power]}
        </text>
      ))}
    </svg>
  );
}

/** Dot = median, thick = middle half, line to the 99 % with an end stop. The numbers stand beside it. */
export function KlPlot({ kl, tone, narrow }: { kl: Spread | null; tone: string; narrow: boolean }) {
  const width = narrow ? NARROW : WIDE;
  const x = scale(width);
  return (
    <svg className={`kl-plot ${tone}`} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      {POWERS.map((power) => {
        const at = (power * width) / DECADES;
        return <line key={power} className="grid" x1={at} x2={at} y1="-40" y2={HEIGHT + 40} />;
      })}
      {kl && (
        <>
          <line className="reach" x1={x(kl.low)} x2={x(kl.p99)} y1="16" y2="16" />
          <line className="reach" x1={x(kl.p99)} x2={x(kl.p99)} y1="11" y2="21" />
          <rect className="half" x={x(kl.low)} y="12" width={Math.max(1, x(kl.high) - x(kl.low))} height="8" rx="1" />
          <circle cx={x(kl.median)} cy="16" r="5" />
        </>
      )}
    </svg>
  );
}
