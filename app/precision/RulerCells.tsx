import { useId } from 'react';
import type { SideName } from '../../gpu/kv/config';
import { BIT_STOPS } from '../settings';

const CELL = 17.2;
const HEIGHT = 26;
const TOP = 4;
const WIDTH = 16 * CELL;
const CELLS = Array.from({ length: 16 }, (_, i) => i);

interface Props {
  side: SideName;
  /** In force now. */
  bits: number;
  /** Dragged to, or waiting for the token boundary. */
  wanted: number;
  /** Wanted bits with scale and minimum: the hatched part ends here. */
  effective: number;
}

/** Sixteen cells on a linear scale: kept bits solid, overhead hatched, the rest saved. V has gaps, as wherever V is drawn. */
export function RulerCells({ side, bits, wanted, effective }: Props) {
  const hatch = `hatch${useId().replaceAll(/[^\w]/g, '')}`;
  const gap = side === 'v' ? 4 : 1;
  const overhead = (effective - wanted) * CELL;
  const thumb = bits * CELL - gap / 2;
  return (
    <svg className="ruler-cells" viewBox={`0 0 ${WIDTH} 51`} aria-hidden="true">
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V5" stroke="var(--hatch)" strokeWidth="1.2" />
        </pattern>
      </defs>
      {CELLS.map((i) =>
        i < bits ? (
          <rect key={i} className="kept" x={i * CELL} y={TOP} width={CELL - gap} height={HEIGHT} rx="1" />
        ) : (
          <rect
            key={i}
            className="saved"
            x={i * CELL + 0.5}
            y={TOP + 0.5}
            width={CELL - 2}
            height={HEIGHT - 1}
            rx="1"
          />
        ),
      )}
      {wanted < 16 && (
        <g>
          <rect x={wanted * CELL} y={TOP} width={overhead - 1} height={HEIGHT} rx="1" fill="var(--bg)" />
          <rect
            className="overhead"
            x={wanted * CELL + 0.5}
            y={TOP + 0.5}
            width={overhead - 2}
            height={HEIGHT - 1}
            rx="1"
            fill={`url(#${hatch})`}
          />
        </g>
      )}
      {wanted !== bits && (
        <rect
          className="thumb wanted"
          x={wanted * CELL - gap / 2 - 5}
          y={TOP - 4}
          width={9}
          height={HEIGHT + 8}
          rx="2"
        />
      )}
      <rect className="thumb" x={thumb - 5} y={TOP - 4} width={9} height={HEIGHT + 8} rx="2" />
      {BIT_STOPS.map((stop) => (
        <g key={stop}>
          <line
            x1={stop * CELL - 0.5}
            x2={stop * CELL - 0.5}
            y1={TOP + HEIGHT + 4}
            y2={TOP + HEIGHT + 7}
            stroke="var(--line-strong)"
          />
          <text
            x={stop * CELL - 0.5}
            y={TOP + HEIGHT + 18}
            className={stop === wanted ? 'on' : ''}
            textAnchor={stop === 16 ? 'end' : 'middle'}
          >
            {stop}
          </text>
        </g>
      ))}
    </svg>
  );
}
