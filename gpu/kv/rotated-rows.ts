import { hadamard } from '../reference/hadamard';
import type { LearnShape } from './codec';

/** KV heads that one rotation takes: the largest power of two up to `wanted` that divides their number. */
export function rotatedHeads(wanted: number, heads: number): number {
  let count = 1;
  while (count * 2 <= wanted && heads % (count * 2) === 0) count *= 2;
  return count;
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
    hadamard(turned, together * headDim);
    order.sort((a, b) => turned[a] - turned[b] || a - b);
  }
  const places = new Uint16Array(width);
  for (const [place, channel] of order.entries()) places[channel] = place;
  return new Uint32Array(places.buffer);
}
