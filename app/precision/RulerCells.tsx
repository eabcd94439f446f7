import { useId } from 'react';
import type { SideName } from '../../gpu/kv/config';

const CELL = 17.2;
const HEIGHT = 26;
/** Where four rulers share the panel. */
const COMPACT = 20;
const LABELS = 21;
const MARGIN = 5;
const TOP = 4;
const WIDTH = 16 * CELL;
const CELLS = Array.from({ length: 16 }, (_, i) => i);
/** Labels of neighbouring ticks stay this far apart; the chosen one is always said. */
const LABEL_GAP = 13;
const CHARACTER = 6.4;

export interface Tick {
  /** Bits per value, where the tick stands. */
  at: number;
  label: string;
}

interface Props {
  side: SideName;
  /** In force now. */
  bits: number;
  /** Dragged to, or waiting for the token boundary. */
  wanted: number;
  /** Wanted bits with what is stored beside the codes: the hatched part ends here. */
  effective: number;
  ticks: readonly Tick[];
  /** The tick that is wanted, if one is. */
  chosen: string;
  /** Where the thumb stands, if not at the end of the kept bits; null when there is nothing to move. */
  thumb?: number | null;
  compact?: boolean;
}

/** Sixteen cells on a linear scale: kept bits solid, overhead hatched, the rest saved. V has gaps, as wherever V is drawn. */
export function RulerCells({ side, bits, wanted, effective, ticks, chosen, thumb = bits, compact = false }: Props) {
  const height = compact ? COMPACT : HEIGHT;
  const below = ticks.length === 0 && compact ? MARGIN : LABELS;
  const hatch = `hatch${useId().replaceAll(/[^\w]/g, '')}`;
  const gap = side === 'v' ? 4 : 1;
  const overhead = (effective - wanted) * CELL;
  return (
    <svg className="ruler-cells" viewBox={`0 0 ${WIDTH} ${TOP + height + below}`} aria-hidden="true">
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V5" stroke="var(--hatch)" strokeWidth="1.2" />
        </pattern>
      </defs>
      {CELLS.map((i) => (
        <g key={i}>
          {i + 1 > bits && (
            <rect className="saved" x={i * CELL + 0.5} y={TOP + 0.5} width={CELL - 2} height={height - 1} rx="1" />
          )}
          {i < bits && (
            <rect
              className="kept"
              x={i * CELL}
              y={TOP}
              width={Math.max(1, Math.min(1, bits - i) * CELL - gap)}
              height={height}
              rx="1"
            />
          )}
        </g>
      ))}
      {wanted < 16 && overhead > 2 && (
        <g>
          <rect x={wanted * CELL} y={TOP} width={overhead - 1} height={height} rx="1" fill="var(--bg)" />
          <rect
            className="overhead"
            x={wanted * CELL + 0.5}
            y={TOP + 0.5}
            width={overhead - 2}
            height={height - 1}
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
          height={height + 8}
          rx="2"
        />
      )}
      {thumb !== null && (
        <rect className="thumb" x={thumb * CELL - gap / 2 - 5} y={TOP - 4} width={9} height={height + 8} rx="2" />
      )}
      {placed(ticks, chosen).map(({ at, label, shown }) => (
        <g key={label}>
          <line
            x1={at * CELL - 0.5}
            x2={at * CELL - 0.5}
            y1={TOP + height + 4}
            y2={TOP + height + 7}
            stroke="var(--line-strong)"
          />
          {shown && (
            <text
              x={at * CELL - 0.5}
              y={TOP + height + 18}
              className={label === chosen ? 'on' : ''}
              textAnchor={at >= 15.5 ? 'end' : at * CELL < label.length * (CHARACTER / 2) ? 'start' : 'middle'}
            >
              {label}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

/** The chosen label first, then those from the left that keep clear of it and of one another. */
function placed(ticks: readonly Tick[], chosen: string): (Tick & { shown: boolean })[] {
  const half = (label: string) => Math.max(LABEL_GAP, label.length * CHARACTER + 6) / 2;
  const taken: Tick[] = ticks.filter(({ label }) => label === chosen);
  return ticks.map((tick) => {
    const isChosen = tick.label === chosen;
    const clear = taken.every(
      (other) => Math.abs(other.at - tick.at) * CELL >= half(other.label) + half(tick.label) - 1,
    );
    if (!isChosen && clear) taken.push(tick);
    return { ...tick, shown: isChosen || clear };
  });
}
