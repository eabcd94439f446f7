import { percentile } from '../percentile';
import type { Interval } from './interval';
import { LEVEL } from './interval';
import { standardErrors } from './normal';

export interface Slope extends Interval {
  /** y at x = 0 of the line: median of y - slope x. */
  intercept: number;
}

/**
 * Slope of y over x by the median of the slopes between all pairs of points (Theil 1950, Sen 1968): outliers do not move it.
 * Interval from the variance of Kendall's S (Sen), widened for the correlation of neighbouring points; `independent` leaves that out. x ascends. Null below 8 points or
 * where all x are equal. n (n - 1) / 2 slopes are sorted: 2,048 points take two million.
 */
export function theilSen(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  { level = LEVEL, independent = false } = {},
): Slope | null {
  const n = Math.min(x.length, y.length);
  if (n < 8) return null;
  const slopes = pairSlopes(x, y, n);
  if (slopes.length === 0) return null;
  const value = percentile(slopes, 0.5);
  const rest = Float64Array.from({ length: n }, (_, i) => y[i] - value * x[i]);
  const spread = Math.sqrt(((n * (n - 1) * (2 * n + 5)) / 18) * (independent ? 1 : inflation(rest)));
  const reach = standardErrors(level) * spread;
  const last = slopes.length - 1;
  const at = (rank: number) => slopes[Math.max(0, Math.min(last, Math.round(rank)))];
  const middle = last / 2;
  return {
    value,
    low: at(middle - reach / 2),
    high: at(middle + reach / 2),
    n,
    level,
    intercept: percentile(rest.toSorted(), 0.5),
  };
}

/** Ascending. */
function pairSlopes(x: ArrayLike<number>, y: ArrayLike<number>, n: number): Float64Array {
  const slopes = new Float64Array((n * (n - 1)) / 2);
  let count = 0;
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) if (x[j] !== x[i]) slopes[count++] = (y[j] - y[i]) / (x[j] - x[i]);
  return slopes.subarray(0, count).sort();
}

/**
 * Factor on the variance of S for residuals whose neighbours correlate as in an AR(1) series (Bayley & Hammersley 1946, Hamed &
 * Rao 1998): 1 + 2 / (n (n-1) (n-2)) sum over lags k of (n-k) (n-k-1) (n-k-2) r^k, at least 1. r = correlation of neighbouring
 * ranks, which a fitted line makes too small: (n r + 2) / (n - 4) takes that back (Matalas & Sankarasubramanian 2003).
 * Coverage of 95 % intervals, 1,500 synthetic lines of 32..128 points each: 95-97 % without correlation, 92.5-95.5 % at 0.2 to 0.6.
 */
function inflation(rest: Float64Array): number {
  const n = rest.length;
  const ranks = ranksOf(rest);
  const centre = (n - 1) / 2;
  let [whole, beside] = [0, 0];
  for (let i = 0; i < n; i++) {
    whole += (ranks[i] - centre) ** 2;
    if (i > 0) beside += (ranks[i] - centre) * (ranks[i - 1] - centre);
  }
  const r = whole === 0 ? 0 : Math.min(0.95, ((n * beside) / whole + 2) / (n - 4));
  let sum = 0;
  for (let lag = 1; lag < n - 2; lag++) sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * r ** lag;
  return Math.max(1, 1 + (2 * sum) / (n * (n - 1) * (n - 2)));
}

/** 0-based, equal values share their middle rank. */
function ranksOf(values: Float64Array): Float64Array {
  const order = Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end + 1 < order.length && values[order[end + 1]] === values[order[i]]) end++;
    for (let j = i; j <= end; j++) ranks[order[j]] = (i + end) / 2;
    i = end + 1;
  }
  return ranks;
}
