import type { Side } from '../kv/config';
import { roundF16 } from '../load/f16';
import { throughGroups } from './groups';

/**
 * The definition of the `uniform` codec: evenly spaced codes between the ends of a group, f32 arithmetic, f16 scale and minimum.
 * `asym` (KIVI, Liu et al. 2024, section 3): s = (max - min) / (2^b - 1), code = round((x - min) / s), value = s * code + min.
 * `sym` (Krishnamoorthi 2018, section 2.3, restricted range): s = max|x| / (2^(b-1) - 1), code = round(x / s) + 2^(b-1),
 * value = s * (code - 2^(b-1)). One bit has no such grid: it stores the sign and the mean of |x| (XNOR-Net, Rastegari et al.
 * 2016, eq. 6), value = s * (2 code - 1). Rounding is half to even; codes use the scale and minimum as stored; scale 0 gives
 * code 0. Products s * code are exact in f32 (11 + 8 bits), so decoding rounds once at most, with or without a fused add.
 * `inverse: f16` (LMDeploy's TurboMind engine) multiplies by 1 / s rounded to f16, at most 65504, instead of dividing by s.
 */
export interface Group {
  /** Scale as stored in f16, as a number. */
  scale: number;
  /** Minimum as stored in f16; 0 for `sym`. */
  min: number;
  /** 0 .. 2^bits - 1. */
  codes: Uint8Array;
}

type Scheme = Side['scheme'];
export type Inverse = 'exact' | 'f16';
const { fround } = Math;
const MOST_F16 = 65504;

/** Nearest integer, ties to even; exact for |x| < 2^52. */
export function roundEven(x: number): number {
  const low = Math.floor(x);
  const part = x - low;
  if (part !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
}

/** Codes one group of f32 values, `bits` 1..8. */
export function encodeGroup(
  values: Float32Array,
  bits: number,
  scheme: Scheme = 'asym',
  inverse: Inverse = 'exact',
): Group {
  return scheme === 'asym' ? encodeAsym(values, bits, inverse) : encodeSym(values, bits, inverse);
}

/** `x` in steps of `scale`. */
function stepsOf(x: number, scale: number, inverse: Inverse): number {
  if (inverse === 'exact') return fround(x / scale);
  return fround(x * Math.min(MOST_F16, roundF16(fround(1 / scale))));
}

function encodeAsym(values: Float32Array, bits: number, inverse: Inverse): Group {
  let low = values[0];
  let high = values[0];
  for (const x of values) {
    if (x < low) low = x;
    if (x > high) high = x;
  }
  const top = 2 ** bits - 1;
  const min = roundF16(low);
  const scale = roundF16(fround(fround(high - low) / top));
  const code = (x: number) => clamp(roundEven(stepsOf(fround(x - min), scale, inverse)), top);
  return { scale, min, codes: Uint8Array.from(values, scale > 0 ? code : () => 0) };
}

function encodeSym(values: Float32Array, bits: number, inverse: Inverse): Group {
  const middle = 2 ** (bits - 1);
  const sizes = values.map(Math.abs);
  const step = bits === 1 ? sizes.reduce((sum, x) => sum + x, 0) / sizes.length : Math.max(...sizes) / (middle - 1);
  const scale = roundF16(fround(step));
  const sign = (x: number) => (x >= 0 ? 1 : 0);
  const code = (x: number) => clamp(roundEven(stepsOf(x, scale, inverse)) + middle, 2 * middle - 1);
  return { scale, min: 0, codes: Uint8Array.from(values, scale === 0 ? () => 0 : bits === 1 ? sign : code) };
}

const clamp = (code: number, top: number): number => Math.min(Math.max(code, 0), top);

/** The value of a code; with scale 0 that is the minimum (asym) or 0 (sym). */
export function decodeCode(code: number, group: Group, bits: number, scheme: Scheme = 'asym'): number {
  if (scheme === 'asym') return fround(group.scale * code + group.min);
  return bits === 1 ? group.scale * (2 * code - 1) : group.scale * (code - 2 ** (bits - 1));
}

/**
 * Rows [tokens * width] as they come back from the cache, one head: groups of `group` channels of each token, or of `group`
 * tokens of each channel (`along`). The grouped axis must be a multiple of `group`.
 */
export function throughUniform(
  rows: Float32Array,
  width: number,
  side: Pick<Side, 'bits' | 'along' | 'scheme'> & { group: number; inverse?: Inverse },
): Float32Array {
  const { bits, scheme, inverse } = side;
  return throughGroups(rows, width, side, (values) => {
    const coded = encodeGroup(values, bits, scheme, inverse);
    return Array.from(coded.codes, (code) => decodeCode(code, coded, bits, scheme));
  });
}
