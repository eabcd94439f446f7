import type { ReferenceCodec } from '../codec';
import { roundEven } from '../uniform';

/** A small float: largest value, exponent of the smallest normal number, bits of the fraction. */
interface Format {
  top: number;
  least: number;
  fraction: number;
}
/** OCP 8-bit floats: e4m3 without infinities, e5m2. */
export const FORMATS: Readonly<Record<string, Format>> = {
  e4m3: { top: 448, least: -6, fraction: 3 },
  e5m2: { top: 57344, least: -14, fraction: 2 },
};

/** The nearest number of a format, ties to even; what is too large becomes the largest. */
export function toSmallFloat(x: number, { top, least, fraction }: Format): number {
  const size = Math.min(Math.abs(x), top);
  const step = 2 ** (Math.max(Math.floor(Math.log2(size)), least) - fraction);
  return Math.sign(x) * roundEven(size / step) * step;
}

/** Largest magnitude of some rows. */
export const amax = (rows: Float32Array): number => rows.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/**
 * The definition of the `fp8` codec (Micikevicius et al. 2022): value = s fp8(x / s) with one s for all rows of a layer and side:
 * 1, or with `scale: prompt` the largest magnitude among the rows of the prompt over the largest number of the format.
 */
const codec: ReferenceCodec = {
  id: 'fp8',
  through(rows, _, { own }) {
    const format = FORMATS[own?.format ?? 'e4m3'];
    const scale = own?.scale === 'prompt' ? Math.fround(amax(rows) / format.top) || 1 : 1;
    return rows.map((x) => scale * toSmallFloat(Math.fround(x / scale), format));
  },
};

export default codec;
