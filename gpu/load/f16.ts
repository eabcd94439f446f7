/**
 * IEEE 754 binary16 as bits in a number (0..65535). Everything that narrows rounds to nearest, ties to even, keeps subnormals,
 * overflows to infinity and keeps NaN a NaN.
 */

const f32 = new Float32Array(1);
const u32 = new Uint32Array(f32.buffer);

/** Value of each of the 65536 bit patterns. */
export const F16_VALUES: Float64Array = (() => {
  const table = new Float64Array(65536);
  for (let bits = 0; bits < 65536; bits++) {
    const exponent = (bits >>> 10) & 31;
    const fraction = bits & 1023;
    let value: number;
    if (exponent === 31) value = fraction ? Number.NaN : Number.POSITIVE_INFINITY;
    else if (exponent === 0) value = fraction * 2 ** -24;
    else value = (1024 + fraction) * 2 ** (exponent - 25);
    table[bits] = bits & 0x8000 ? -value : value;
  }
  return table;
})();

export function f16ToNumber(bits: number): number {
  return F16_VALUES[bits & 0xffff];
}

/** Bits of an f32 (given as its own 32 bits) as f16. */
export function f16FromF32Bits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const a = bits & 0x7fffffff;
  if (a >= 0x38800000) {
    if (a > 0x7f800000) return sign | 0x7e00;
    if (a >= 0x47800000) return sign | 0x7c00;
    // Re-biased exponent, half of the dropped 13 bits added; a carry runs into the exponent, up to infinity.
    return sign | ((a - 0x38000000 + 0xfff + ((a >>> 13) & 1)) >>> 13);
  }
  const exponent = a >>> 23;
  if (exponent < 102) return sign;
  const shift = 126 - exponent;
  const m = (a & 0x7fffff) | 0x800000;
  return sign | ((m + (1 << (shift - 1)) - 1 + ((m >>> shift) & 1)) >>> shift);
}

/** Rounded once from the double: an inexact f32 on the way is rounded to odd, so no tie is decided twice. */
export function f16FromNumber(value: number): number {
  f32[0] = value;
  const near = f32[0];
  if (near !== value && !Number.isNaN(near)) {
    if (Math.abs(near) > Math.abs(value)) u32[0]--;
    u32[0] |= 1;
  }
  return f16FromF32Bits(u32[0]);
}

/** The value that remains after storing `value` as f16. */
export function roundF16(value: number): number {
  return F16_VALUES[f16FromNumber(value)];
}

/** `values` -> f16 pairs, element 2i in the low half of word i; an odd tail is padded with 0. */
export function packF16(values: ArrayLike<number>): Uint32Array {
  const words = new Uint32Array((values.length + 1) >>> 1);
  for (let i = 0; i < values.length; i++) words[i >>> 1] |= f16FromNumber(values[i]) << ((i & 1) * 16);
  return words;
}

/** `count` values out of f16 pairs packed as by `packF16`. */
export function unpackF16(words: Uint32Array, count: number): Float32Array {
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = F16_VALUES[(words[i >>> 1] >>> ((i & 1) * 16)) & 0xffff];
  return values;
}
