import { groupSize } from '../../kv/config';
import type { ReferenceCodec } from '../codec';
import { toE2m1 } from '../e2m1';
import { amax } from './fp8';

/**
 * The definition of the `mxfp4` codec (OCP Microscaling 1.0): value = s e2m1(x / s) with a power of two for each group of
 * channels, s = 2^(floor(log2 amax) - 2), or with `rule: ceil` the smallest one that keeps amax within 6.
 */
const codec: ReferenceCodec = {
  id: 'mxfp4',
  through(rows, { headDim }, side) {
    const n = groupSize(side, headDim);
    const out = new Float32Array(rows.length);
    for (let at = 0; at < rows.length; at += n) {
      const group = rows.subarray(at, at + n);
      const most = amax(group);
      if (most === 0) continue;
      const floor = 2 ** (Math.floor(Math.log2(most)) - 2);
      const s = side.own?.rule === 'ceil' && most > 6 * floor ? 2 * floor : floor;
      out.set(
        group.map((x) => s * toE2m1(x / s)),
        at,
      );
    }
    return out;
  },
};

export default codec;
