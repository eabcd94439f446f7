import { roundF16 } from '../../load/f16';
import type { ReferenceCodec } from '../codec';
import { roundEven } from '../uniform';

const { fround } = Math;

/**
 * Channel-separable rows (ZipCache, section 4.2): c = sqrt(max_t |x|) per channel in f16 (1 for a channel of zeros), y = x / c, one f16
 * range per token over all heads (or per head), codes from the rounded range; value = (s code + min) c.
 */
const codec: ReferenceCodec = {
  id: 'channel-separable',
  through(rows, { heads, headDim }, side) {
    const width = heads * headDim;
    const top = 2 ** side.bits - 1;
    const peaks = new Float32Array(width);
    for (const [i, x] of rows.entries()) peaks[i % width] = Math.max(peaks[i % width], Math.abs(x));
    const scale = peaks.map((peak) => (peak > 0 ? roundF16(fround(Math.sqrt(peak))) : 1));
    const scope = side.own?.rowScope === 'perHead' ? headDim : width;
    const out = new Float32Array(rows.length);
    for (let at = 0; at < rows.length; at += scope) {
      const y = rows.slice(at, at + scope).map((x, i) => x / scale[(at + i) % width]);
      const low = y.reduce((a, x) => Math.min(a, x));
      const high = y.reduce((a, x) => Math.max(a, x));
      const [s, m] = [roundF16(fround(fround(high - low) / top)), roundF16(low)];
      for (const [i, x] of y.entries()) {
        const code = s > 0 ? Math.min(Math.max(roundEven(fround(fround(x - m) / s)), 0), top) : 0;
        out[at + i] = fround(fround(fround(s * code) + m) * scale[(at + i) % width]);
      }
    }
    return out;
  },
};

export default codec;
