import { groupSize } from '../../kv/config';
import type { ReferenceCodec } from '../codec';
import { roundEven } from '../uniform';
import { amax } from './fp8';

/** The definition of the `absmax` codec: s = amax / 127 in f32 for each group of channels, code = round(x / s), value = s code. */
const codec: ReferenceCodec = {
  id: 'absmax',
  through(rows, { headDim }, side) {
    const n = groupSize(side, headDim);
    const out = new Float32Array(rows.length);
    for (let at = 0; at < rows.length; at += n) {
      const group = rows.subarray(at, at + n);
      const s = Math.fround(amax(group) / 127);
      if (s > 0)
        out.set(
          group.map((x) => s * roundEven(Math.fround(x / s))),
          at,
        );
    }
    return out;
  },
};

export default codec;
