import { excludes } from '../../../gpu/measure/statistics/interval';
import { theilSen } from '../../../gpu/measure/statistics/theil-sen';
import { FEWEST } from '../../../gpu/measure/verdict';

/** KL of one lane over the tokens of a text. Equal lengths, positions ascend. */
export interface Positions {
  at: number[];
  /** Nats. */
  kl: number[];
}

/** How KL goes with the position: its change over 100 tokens as a share (0.1 = +10 %), with a 95 % interval. */
export type Trend =
  | { kind: 'few'; n: number }
  | { kind: 'zero' }
  | {
      kind: 'grows' | 'shrinks' | 'flat';
      value: number;
      low: number;
      high: number;
      /** KL of the fitted line at a position. */
      line: (position: number) => number;
    };

const SPAN = 100;

/** Theil-Sen slope of ln KL. Exact zeros have no logarithm and are left out; they are no part of an error that grows. */
export function trendOf({ at, kl }: Positions): Trend {
  if (kl.length > 0 && kl.every((value) => value === 0)) return { kind: 'zero' };
  const used = kl.flatMap((value, i) => (value > 0 ? [i] : []));
  if (used.length < FEWEST) return { kind: 'few', n: used.length };
  const slope = theilSen(
    used.map((i) => at[i]),
    used.map((i) => Math.log(kl[i])),
  );
  if (!slope) return { kind: 'few', n: used.length };
  const share = (perToken: number) => Math.expm1(perToken * SPAN);
  return {
    kind: !excludes(slope) ? 'flat' : slope.value > 0 ? 'grows' : 'shrinks',
    ...{ value: share(slope.value), low: share(slope.low), high: share(slope.high) },
    line: (position) => Math.exp(slope.intercept + slope.value * position),
  };
}

export interface Bin {
  from: number;
  to: number;
  /** Median of the positions in it, nats; of an even count the geometric mean of the middle two, as the axis is logarithmic. */
  kl: number;
}

/** At most `most` bins of equally many positions. */
export function binsOf({ at, kl }: Positions, most = 48): Bin[] {
  const size = Math.max(1, Math.ceil(at.length / most));
  return Array.from({ length: Math.ceil(at.length / size) }, (_, i) => {
    const [first, end] = [i * size, Math.min(at.length, (i + 1) * size)];
    const sorted = kl.slice(first, end).sort((a, b) => a - b);
    const middle = (sorted.length - 1) / 2;
    const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
    return { from: at[first], to: at[end - 1], kl: low === high ? low : Math.sqrt(low * high) };
  });
}
