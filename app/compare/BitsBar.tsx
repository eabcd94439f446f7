import { useId } from 'react';
import type { Size } from './compareData';

const WIDTH = 104;
const HEIGHT = 14;
const FULL = 16;

/** Codes solid, scales and FP16 rows hatched, on a scale whose end is FP16. */
export function BitsBar({ size, tone }: { size: Size; tone: string }) {
  const id = `bits${useId().replaceAll(/[^\w]/g, '')}`;
  const x = (bits: number) => (Math.min(FULL, bits) / FULL) * WIDTH;
  const rest = x(size.bits) - x(size.codes);
  return (
    <svg className={`bits-bar ${tone}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <defs>
        <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V5" stroke="var(--hatch)" strokeWidth="1.2" />
        </pattern>
      </defs>
      <rect className="all" y="1" width={WIDTH} height="12" />
      <rect className="codes" y="1" width={x(size.codes)} height="12" />
      {rest > 1 && (
        <>
          <rect x={x(size.codes)} y="1" width={rest} height="12" fill="var(--bg)" />
          <rect className="rest" x={x(size.codes) + 0.5} y="1.5" width={rest - 1} height="11" fill={`url(#${id})`} />
        </>
      )}
    </svg>
  );
}
