import { groupSize } from '../../kv/config';
import type { ReferenceCodec } from '../codec';
import { toE2m1 } from '../e2m1';
import { amax, FORMATS, toSmallFloat } from './fp8';

const { fround } = Math;

/**
 * The definition of the `nvfp4` codec: value = s e2m1(x / s) with s = global e4m3(amax / 6 / global) for each group of channels.
 * `global` belongs to a layer and side: the largest magnitude of the prompt / (448 * 6), or 1.
 */
const codec: ReferenceCodec = {
  id: 'nvfp4',
  through(rows, { headDim }, side) {
    const n = groupSize(side, headDim);
    const global = side.own?.global === 1 ? 1 : fround(amax(rows) / 2688) || 1;
    const out = new Float32Array(rows.length);
    for (let at = 0; at < rows.length; at += n) {
      const group = rows.subarray(at, at + n);
      const s = fround(toSmallFloat(fround(fround(amax(group) / 6) / global), FORMATS.e4m3) * global);
      if (s > 0)
        out.set(
          group.map((x) => s * toE2m1(fround(x / s))),
          at,
        );
    }
    return out;
  },
};

export default codec;
