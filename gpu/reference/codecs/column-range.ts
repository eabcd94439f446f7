import { roundF16 } from '../../load/f16';
import type { ReferenceCodec } from '../codec';
import { perHead } from '../per-head';
import { roundEven } from '../uniform';

const { fround } = Math;

/** One range per channel over all tokens (ZipCache, section 4.2): f16 step and minimum, codes from the rounded ones; step 0 gives code 0. */
const codec: ReferenceCodec = {
  id: 'column-range',
  through: (rows, shape, side) =>
    perHead(rows, shape, (one) => {
      const { headDim } = shape;
      const top = 2 ** side.bits - 1;
      const out = new Float32Array(one.length);
      for (let channel = 0; channel < headDim; channel++) {
        const column = one.filter((_, i) => i % headDim === channel);
        const low = column.reduce((a, x) => Math.min(a, x));
        const high = column.reduce((a, x) => Math.max(a, x));
        const [s, m] = [roundF16(fround(fround(high - low) / top)), roundF16(low)];
        for (const [t, x] of column.entries()) {
          const code = s > 0 ? Math.min(Math.max(roundEven(fround(fround(x - m) / s)), 0), top) : 0;
          out[t * headDim + channel] = fround(fround(s * code) + m);
        }
      }
      return out;
    }),
};

export default codec;
