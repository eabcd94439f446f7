/**
 * Levels of non-uniform codes (KVQuant): 2^bits numbers from about -1 to 1, rounded to FP16, ascending. `uniform` spaces them
 * evenly; `kmeans` puts each at the mean of the values it stands for: Lloyd's iteration in f64, every value counting the same,
 * from the quantiles (i + 1/2) / 2^bits, until nothing moves.
 */
import { roundF16 } from '../load/f16';

const ITERATIONS = 50;

export const uniformLevels = (bits: number): Float32Array => {
  const top = 2 ** bits - 1;
  return Float32Array.from({ length: top + 1 }, (_, i) => roundF16((2 * i) / top - 1));
};

/** `values` in any order; they are sorted in place. Without values, the uniform levels. */
export function kmeansLevels(values: Float64Array, bits: number): Float32Array {
  if (values.length === 0) return uniformLevels(bits);
  values.sort();
  const count = 2 ** bits;
  const levels = Float64Array.from({ length: count }, (_, i) => quantile(values, (i + 0.5) / count));
  const sums = new Float64Array(values.length + 1);
  for (const [i, x] of values.entries()) sums[i + 1] = sums[i] + x;
  let ends: number[] = [];
  for (let turn = 0; turn < ITERATIONS; turn++) {
    const next = Array.from({ length: count }, (_, i) =>
      i + 1 < count ? above(values, (levels[i] + levels[i + 1]) / 2) : values.length,
    );
    if (next.every((end, i) => end === ends[i])) break;
    ends = next;
    for (let i = 0, from = 0; i < count; from = ends[i++])
      if (ends[i] > from) levels[i] = (sums[ends[i]] - sums[from]) / (ends[i] - from);
  }
  return Float32Array.from(levels, roundF16);
}

/** Index of the first of the sorted values that lies above `edge`. */
function above(values: Float64Array, edge: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] > edge) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Quantile of sorted values, linear between neighbours. */
export function quantile(sorted: ArrayLike<number>, at: number): number {
  const place = at * (sorted.length - 1);
  const below = Math.floor(place);
  const next = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[next] - sorted[below]);
}
