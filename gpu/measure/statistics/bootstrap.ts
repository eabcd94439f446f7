import { seededRandom } from '../../kv/seeded-random';
import { percentile } from '../percentile';
import type { Interval } from './interval';
import { LEVEL } from './interval';

/** Fewer values than this carry no interval. */
export const FEWEST = 8;

export interface BootstrapOptions {
  /** Neighbours that are drawn together: 1 for independent items, `blockLength(n)` for the steps of a run. */
  block?: number;
  level?: number;
  resamples?: number;
  seed?: number;
}

/**
 * Steps drawn together in a series of n: 2.5 n^(1/3), long against the correlation of neighbouring steps. Coverage of 95 %
 * intervals with it, 1,500 synthetic series of n = 64..256 each: 93-95.5 % at correlation 0.3, 91-94 % at 0.5, 88-92.5 % at 0.7
 * (the lower ends are log-normal values); single steps drawn alone reach 85, 73 and 57 %.
 */
export const blockLength = (n: number): number => Math.max(1, Math.round(2.5 * Math.cbrt(n)));

/**
 * Interval of the mean of `values` (for a paired comparison: of the differences), by the studentized bootstrap: each resample
 * draws n / block blocks from the series closed to a ring, and its mean is divided by its own standard error (Efron & Tibshirani
 * 1993, ch. 12; blocks: Politis & Romano 1992, Gotze & Kunsch 1996). The same seed gives the same interval. Null for fewer than
 * FEWEST values, or fewer than 4 blocks.
 */
export function bootstrapMean(values: ArrayLike<number>, options: BootstrapOptions = {}): Interval | null {
  const { block = 1, level = LEVEL, resamples = 2000, seed = 1 } = options;
  const n = values.length;
  const drawn = Math.ceil(n / block);
  if (n < FEWEST || drawn < 4) return null;
  const value = meanOf(values);
  const around = ringMeans(values, block).map((mean) => mean - value);
  const error = Math.sqrt(around.reduce((sum, d) => sum + d * d, 0) / n / (drawn - 1));
  if (error === 0) return { value, low: value, high: value, n, level };
  const random = seededRandom(seed);
  const ratios = Float64Array.from({ length: resamples }, () => {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < drawn; i++) {
      const d = around[Math.floor(random() * n)];
      sum += d;
      squares += d * d;
    }
    const mean = sum / drawn;
    // A resample of equal blocks has no spread; its error is then at most that of the whole.
    const own = Math.sqrt(Math.max(0, squares / drawn - mean * mean) / (drawn - 1));
    return mean / Math.max(own, error / drawn);
  }).sort();
  const tail = (1 - level) / 2;
  const low = value - error * percentile(ratios, 1 - tail);
  return { value, low, high: value - error * percentile(ratios, tail), n, level };
}

/** a - b, pair by pair, pairs with an undefined member left out. */
export function differences(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  return Array.from(a, (x, i) => x - b[i]).filter(Number.isFinite);
}

/** Means of consecutive blocks, a shorter rest left out: nearly independent where single steps are not. */
export function blockMeans(values: ArrayLike<number>, block: number): number[] {
  const count = Math.floor(values.length / block);
  return Array.from({ length: count }, (_, i) =>
    meanOf(Array.from({ length: block }, (_, j) => values[i * block + j])),
  );
}

/** Mean of the `block` values from each place on, the end joined to the start. */
function ringMeans(values: ArrayLike<number>, block: number): Float64Array {
  const n = values.length;
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < block; j++) sum += values[(i + j) % n];
    return sum / block;
  });
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
