import { outlierBits } from '../../kv/codecs/sign-sketch';
import { roundF16 } from '../../load/f16';
import type { ReferenceCodec } from '../codec';
import { walshSums } from '../hadamard';
import { perHead } from '../per-head';

const { fround } = Math;
const BLOCK = 32;

/** The sign that a channel has before the sums of part `chunk`. */
export function sketchSign(channel: number, chunk: number): number {
  let x = (channel * 16 + chunk) ^ 0x9e3779b9;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) & 1) === 1 ? 1 : -1;
}

/** Channels with the largest norms in a block of rows, the first of those that are equal but for rounding (1e-5). */
export function outlierChannels(block: Float32Array, width: number, count: number): Set<number> {
  const power = Array.from({ length: width }, () => 0);
  for (const [i, x] of block.entries()) power[i % width] = fround(fround(x * x) + power[i % width]);
  const out = new Set<number>();
  while (out.size < count) {
    let best = 0;
    for (let i = 1; i < width; i++) if (power[i] > power[best] + 1e-5 * Math.abs(power[best])) best = i;
    out.add(best);
    power[best] = -1;
  }
  return out;
}

/** What the signs of `chunks` parts of D sums, from part `first` on, say of `part` (zeros where the other channels are). */
export function throughSketch(part: Float32Array, first: number, chunks: number): Float32Array {
  const length = Math.sqrt(part.reduce((sum, x) => fround(sum + fround(x * x)), 0));
  const by = fround(fround(roundF16(length) * fround(1.2533141)) / (part.length * chunks));
  const out = new Float32Array(part.length);
  for (let chunk = first; chunk < first + chunks; chunk++) {
    const sketch = part.map((x, i) => x * sketchSign(i, chunk));
    walshSums(sketch, part.length);
    const back = sketch.map((sum) => (sum >= -1e-4 * length ? 1 : -1));
    walshSums(back, part.length);
    for (const [i, x] of back.entries()) out[i] += sketchSign(i, chunk) * x;
  }
  return out.map((sum) => by * sum);
}

/**
 * The definition of the `sign-sketch` codec (QJL, Zandieh et al. 2024): with S of m rows whose numbers have a mean square of 1, a key k is
 * kept as |k| (f16) and sign(S k), and read as sqrt(pi / 2) / m |k| S^T sign(S k), whose product with any q estimates q . k without bias. S is
 * the Walsh-Hadamard matrix after random signs, once for each D sums, in place of a Gaussian one made orthogonal.
 */
const codec: ReferenceCodec = {
  id: 'sign-sketch',
  through: (rows, shape, side) =>
    perHead(rows, shape, (one) => {
      const width = shape.headDim;
      const count = Number(side.own?.outliers ?? 8);
      const out = new Float32Array(one.length);
      for (let first = 0; first < one.length; first += BLOCK * width) {
        const block = one.subarray(first, first + BLOCK * width);
        const isOut = outlierChannels(block, width, count);
        for (let at = 0; at < block.length; at += width) {
          const row = block.subarray(at, at + width);
          const inner = throughSketch(
            row.map((x, i) => (isOut.has(i) ? 0 : x)),
            0,
            side.bits,
          );
          const outer =
            count > 0
              ? throughSketch(
                  row.map((x, i) => (isOut.has(i) ? x : 0)),
                  side.bits,
                  outlierBits(side),
                )
              : inner;
          for (let i = 0; i < width; i++) out[first + at + i] = isOut.has(i) ? outer[i] : inner[i];
        }
      }
      return out;
    }),
};

export default codec;
