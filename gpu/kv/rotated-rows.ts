import type { LearnShape } from './codec';

/** KV heads that one rotation takes: the largest power of two up to `wanted` that divides their number. */
export function rotatedHeads(wanted: number, heads: number): number {
  let count = 1;
  while (count * 2 <= wanted && heads % (count * 2) === 0) count *= 2;
  return count;
}

/** Orthonormal Walsh-Hadamard transform of `values`, whose length is a power of two, in place. f32 butterflies, as on the GPU. */
export function hadamard(values: Float32Array): void {
  for (let len = 1; len < values.length; len *= 2)
    for (let i = 0; i < values.length / 2; i++) {
      const a = Math.floor(i / len) * 2 * len + (i % len);
      const [x, y] = [values[a], values[a + len]];
      values[a] = x + y;
      values[a + len] = x - y;
    }
  const scale = Math.fround(1 / Math.sqrt(values.length));
  for (let i = 0; i < values.length; i++) values[i] *= scale;
}

/**
 * Place of every rotated channel of a row when channels are sorted by the sum of their values over the tokens (RotateKV, arXiv
 * 2501.16383: the signed sum), two to a word; in place when not `sorted`. rows [tokens][heads][headDim]. The rotation of a sum is the
 * sum of rotations.
 */
export function channelOrder(
  rows: Float32Array,
  { heads, headDim, skip }: LearnShape,
  together: number,
  sorted: boolean,
): Uint32Array {
  const width = heads * headDim;
  const order = Array.from({ length: width }, (_, i) => i);
  if (sorted) {
    const sums = new Float64Array(width);
    for (let at = skip * width; at < rows.length; at += width) for (let i = 0; i < width; i++) sums[i] += rows[at + i];
    const turned = Float32Array.from(sums);
    for (let at = 0; at < width; at += together * headDim) hadamard(turned.subarray(at, at + together * headDim));
    order.sort((a, b) => turned[a] - turned[b] || a - b);
  }
  const places = new Uint16Array(width);
  for (const [place, channel] of order.entries()) places[channel] = place;
  return new Uint32Array(places.buffer);
}
