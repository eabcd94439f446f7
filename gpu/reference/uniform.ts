import type { Side } from '../kv/config';
import { roundF16 } from '../load/f16';

/**
 * The definition of the `uniform` codec: evenly spaced codes between the ends of a group, f32 arithmetic, f16 scale and minimum.
 * `asym` (KIVI, Liu et al. 2024, section 3): s = (max - min) / (2^b - 1), code = round((x - min) / s), value = s * code + min.
 * `sym` (Krishnamoorthi 2018, section 2.3, restricted range): s = max|x| / (2^(b-1) - 1), code = round(x / s) + 2^(b-1),
 * value = s * (code - 2^(b-1)). One bit has no such grid: it stores the sign and the mean of |x| (XNOR-Net, Rastegari et al.
 * 2016, eq. 6), value = s * (2 code - 1). Rounding is half to even; codes use the scale and minimum as stored; scale 0 gives
 * code 0. Products s * code are exact in f32 (11 + 8 bits), so decoding rounds once at most, with or without a fused add.
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
const { fround } = Math;

/** Nearest integer, ties to even; exact for |x| < 2^52. */
export function roundEven(x: number): number {
  const low = Math.floor(x);
  const part = x - low;
  if (part !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
}

/** Codes one group of f32 values, `bits` 1..8. */
export function encodeGroup(values: Float32Array, bits: number, scheme: Scheme = 'asym'): Group {
  return scheme === 'asym' ? encodeAsym(values, bits) : encodeSym(values, bits);
}

function encodeAsym(values: Float32Array, bits: number): Group {
  let low = values[0];
  let high = values[0];
  for (const x of values) {
    if (x < low) low = x;
    if (x > high) high = x;
  }
  const top = 2 ** bits - 1;
  const min = roundF16(low);
  const scale = roundF16(fround(fround(high - low) / top));
  const code = (x: number) => clamp(roundEven(fround(fround(x - min) / scale)), top);
  return { scale, min, codes: Uint8Array.from(values, scale > 0 ? code : () => 0) };
}

function encodeSym(values: Float32Array, bits: number): Group {
  const middle = 2 ** (bits - 1);
  const sizes = values.map(Math.abs);
  const step = bits === 1 ? sizes.reduce((sum, x) => sum + x, 0) / sizes.length : Math.max(...sizes) / (middle - 1);
  const scale = roundF16(fround(step));
  const sign = (x: number) => (x >= 0 ? 1 : 0);
  const code = (x: number) => clamp(roundEven(fround(x / scale)) + middle, 2 * middle - 1);
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
  side: Pick<Side, 'bits' | 'along' | 'scheme'> & { group: number },
): Float32Array {
  const { bits, group, along, scheme } = side;
  const tokens = rows.length / width;
  const [stride, starts] =
    along === 'channel'
      ? [1, Array.from({ length: rows.length / group }, (_, i) => i * group)]
      : [
          width,
          Array.from({ length: rows.length / group }, (_, i) => Math.floor(i / width) * group * width + (i % width)),
        ];
  if ((along === 'channel' ? width : tokens) % group !== 0)
    throw new RangeError(`group ${group} does not divide the axis`);
  const out = new Float32Array(rows.length);
  const values = new Float32Array(group);
  for (const start of starts) {
    for (let i = 0; i < group; i++) values[i] = rows[start + i * stride];
    const coded = encodeGroup(values, bits, scheme);
    for (let i = 0; i < group; i++) out[start + i * stride] = decodeCode(coded.codes[i], coded, bits, scheme);
  }
  return out;
}
