import { groupSize } from '../../kv/config';
import { roundF16 } from '../../load/f16';
import type { ReferenceCodec } from '../codec';
import { throughGroups } from '../groups';
import { perHead } from '../per-head';
import { roundEven } from '../uniform';

/**
 * Even steps with the place of zero kept in code space: value = s (code - z), f16 s and z. lo = clip min, hi = clip max,
 * s = (hi - lo) / (2^b - 1).
 * `float` (LMDeploy's PyTorch engine): z = -lo / s, code = round(x / s + z), from s and z before they are rounded to f16.
 * `int` (KVTuner, RotateKV): s is at least 1e-5 and rounded to f16 first, z = round(-lo / s), code = round(x / s) + z.
 * Codes are clamped to 0 .. 2^b - 1; z is not, so the range need not hold zero. A group whose s vanishes in f16, or whose z is
 * beyond it, holds nothing but its smallest value: s = min, z = -1, every code 0.
 */
export interface ZeroPoint {
  zero: 'float' | 'int';
  /** 0.5 .. 1, on both ends; with clipWide=off only of codes of up to 2 bits. */
  clip: number;
  /** Of the codes; z itself is rounded half to even. */
  rounding: 'even' | 'halfUp';
}

export interface ZeroPointGroup {
  /** As stored in f16. */
  scale: number;
  zero: number;
  /** 0 .. 2^bits - 1. */
  codes: Uint8Array;
}

const LEAST_SCALE = Math.fround(1e-5);
const { fround } = Math;

/** Codes one group of f32 values, `bits` 1..8. */
export function encodeGroup(values: Float32Array, bits: number, { zero, clip, rounding }: ZeroPoint): ZeroPointGroup {
  const min = values.reduce((a, x) => Math.min(a, x));
  const low = fround(min * fround(clip));
  const high = fround(values.reduce((a, x) => Math.max(a, x)) * fround(clip));
  const top = 2 ** bits - 1;
  const step = fround(fround(high - low) / top);
  const round = rounding === 'even' ? roundEven : (x: number) => Math.floor(fround(x + 0.5));
  const scale = roundF16(zero === 'int' ? Math.max(step, LEAST_SCALE) : step);
  const exact = zero === 'int' ? roundEven(fround(-low / scale)) : fround(-low / step);
  const z = roundF16(exact);
  if (scale === 0 || !Number.isFinite(z))
    return { scale: roundF16(min), zero: -1, codes: new Uint8Array(values.length) };
  const code = (x: number) => (zero === 'int' ? round(fround(x / scale)) + z : round(fround(fround(x / step) + exact)));
  return { scale, zero: z, codes: Uint8Array.from(values, (x) => Math.min(Math.max(code(x), 0), top)) };
}

/** Both products are exact in f32 (11 + 11 bits), so decoding rounds once. */
export const decodeCode = (code: number, { scale, zero }: Pick<ZeroPointGroup, 'scale' | 'zero'>): number =>
  fround(scale * code - scale * zero);

const codec: ReferenceCodec = {
  id: 'zero-point',
  through(rows, shape, side) {
    const settings = { zero: 'float', clip: 1, rounding: 'even', ...side.own } as ZeroPoint;
    if (side.own?.clipWide === 'off' && side.bits > 2) settings.clip = 1;
    const group = groupSize(side, shape.headDim);
    return perHead(rows, shape, (one) =>
      throughGroups(one, shape.headDim, { ...side, group }, (values) => {
        const coded = encodeGroup(values, side.bits, settings);
        return Array.from(coded.codes, (code) => decodeCode(code, coded));
      }),
    );
  },
};

export default codec;
