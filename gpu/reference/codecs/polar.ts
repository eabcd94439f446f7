import { roundF16 } from '../../load/f16';
import type { ReferenceCodec } from '../codec';
import { perHead } from '../per-head';

const { fround } = Math;

/** As stored: what rows read as lies on ties between halves, where the last bit of an arctangent would decide, so ties are aside. */
const storeHalf = (x: number): number => roundF16(x * (1 + 2 ** -16));

/** Evenly spaced cells over a column: floor coding with the stored minimum and step, the middle of the cell when decoding. */
function throughCells(values: Float32Array, bits: number): Float32Array {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const min = storeHalf(low);
  const step = storeHalf(fround(fround(high - low) / 2 ** bits));
  const code = (x: number) => Math.min(Math.max(Math.floor(fround(fround(x - min) / step)), 0), 2 ** bits - 1);
  return values.map((x) => (step === 0 ? min : fround(fround((code(x) + 0.5) * step) + min)));
}

/**
 * The definition of the `polar` codec (PolarQuant, Wu et al. 2025): channels j and j + D/2, which RoPE turns together, are a point
 * with a radius and an angle in (-pi, pi]. Both are coded with `bits` bits over `group` tokens of the pair.
 */
const codec: ReferenceCodec = {
  id: 'polar',
  through: (rows, shape, { bits, group }) =>
    perHead(rows, shape, (one) => {
      const [width, half, tokens] = [shape.headDim, shape.headDim / 2, Number(group)];
      const out = new Float32Array(one.length);
      for (let first = 0; first < one.length; first += tokens * width)
        for (let j = 0; j < half; j++) {
          const at = (t: number) => first + t * width + j;
          const points = Array.from({ length: tokens }, (_, t) => [one[at(t)], one[at(t) + half]]);
          const radius = throughCells(
            Float32Array.from(points, ([x, y]) => Math.hypot(x, y)),
            bits,
          );
          const angle = throughCells(
            Float32Array.from(points, ([x, y]) => Math.atan2(y, x)),
            bits,
          );
          for (let t = 0; t < tokens; t++) {
            out[at(t)] = radius[t] * Math.cos(angle[t]);
            out[at(t) + half] = radius[t] * Math.sin(angle[t]);
          }
        }
      return out;
    }),
};

export default codec;
