import { groupSize } from '../../kv/config';
import { roundF16 } from '../../load/f16';
import type { ReferenceCodec } from '../codec';
import { decodeCode, encodeGroup, roundEven } from '../uniform';
import type { HqqGroup } from './hqq';
import { levels, refine, startGroup, stepsOf } from './hqq';

const { fround } = Math;
const STEPS = 20;
const BETA = 10;

/**
 * Groups over the flattened cache [heads][tokens][channels] of a layer, as the transformers library hands it to its backends.
 * `last` (quanto, axis -1): `group` rows of [heads * tokens] of one channel share step and least value, as `uniform` has them; groups run
 * over the borders of heads. `first` (HQQ, axis 0): [heads * tokens * channels] cut into `group` lines of n values, value j of every line
 * in one group, zero refined as in `hqq` with kappa = 1; codes come from the step and zero as stored. The last group may be shorter.
 */
const codec: ReferenceCodec = {
  id: 'across-rows',
  through(rows, { heads, headDim }, side) {
    const tokens = rows.length / heads / headDim;
    const size = groupSize(side, headDim);
    const placeOf = (e: number) => {
      const r = Math.floor(e / headDim);
      return ((r % tokens) * heads + Math.floor(r / tokens)) * headDim + (e % headDim);
    };
    const groups = groupsOf(rows.length, headDim, size, side.own?.axis === 'first').map((list) => list.map(placeOf));
    const values = groups.map((places) => Float32Array.from(places, (at) => rows[at]));
    const back = side.own?.axis === 'first' ? refined(values, side.bits) : values.map((x) => even(x, side.bits));
    const out = new Float32Array(rows.length);
    for (const [i, places] of groups.entries()) for (const [k, at] of places.entries()) out[at] = back[i][k];
    return out;
  },
};

/** Places in the flattened cache, group by group. */
export function groupsOf(length: number, headDim: number, size: number, strided: boolean): number[][] {
  const count = strided ? Math.ceil(length / size) : Math.ceil(length / headDim / size) * headDim;
  return Array.from({ length: count }, (_, q) => {
    const at = (k: number) =>
      strided ? q + k * count : (Math.floor(q / headDim) * size + k) * headDim + (q % headDim);
    return Array.from({ length: size }, (_, k) => at(k)).filter((e) => e < length);
  });
}

function even(x: Float32Array, bits: number): ArrayLike<number> {
  const group = encodeGroup(x, bits);
  return Array.from(group.codes, (code) => decodeCode(code, group, bits));
}

function refined(parts: readonly Float32Array[], bits: number): ArrayLike<number>[] {
  const most = levels(bits);
  const start = () => parts.map((x) => startGroup(x, most));
  const move = (groups: readonly HqqGroup[]) =>
    groups.reduce((sum, group, i) => sum + refine(parts[i], group, most, BETA), 0);
  const tried = start();
  const steps = stepsOf(Array.from({ length: STEPS }, () => move(tried)));
  const groups = start();
  for (let step = 0; step < steps; step++) move(groups);
  return parts.map((x, i) => stored(x, groups[i], most));
}

function stored(x: Float32Array, { min, s, z }: HqqGroup, most: number): number[] {
  const isBeyond = !Number.isFinite(roundF16(z));
  const [scale, zero] = isBeyond ? [roundF16(min), -1] : [roundF16(fround(1 / s)), roundF16(z)];
  return Array.from(x, (v) => {
    const code = Math.min(Math.max(roundEven(fround(fround(v / scale) + zero)), 0), most);
    return fround(scale * code - scale * zero);
  });
}

export default codec;
