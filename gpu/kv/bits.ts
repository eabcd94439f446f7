/**
 * Codes of 1..8 bits in u32 words. Thirty-two codes of b bits fill exactly b consecutive words: code i takes bits
 * i*b .. i*b + b - 1 of the little-endian bit string, so a code may straddle two words. No bit planes, no padding.
 */
export const BLOCK = 32;

/** Words that hold `count` codes of `bits` bits; the last block of 32 is stored whole. */
export const wordsFor = (count: number, bits: number): number => Math.ceil(count / BLOCK) * bits;

/**
 * Packs `codes` (each below 2^bits) into words; codes missing in the last block count as 0.
 * codes [n] -> words [ceil(n / 32) * bits].
 */
export function packCodes(codes: ArrayLike<number>, bits: number): Uint32Array {
  const words = new Uint32Array(wordsFor(codes.length, bits));
  for (let i = 0; i < codes.length; i++) {
    const start = i * bits;
    const word = start >>> 5;
    const shift = start & 31;
    words[word] |= codes[i] << shift;
    if (shift + bits > 32) words[word + 1] |= codes[i] >>> (32 - shift);
  }
  return words;
}

/** Code `index` of a packed run that begins at word `first`. */
export function codeAt(words: Uint32Array, bits: number, index: number, first = 0): number {
  const start = index * bits;
  const word = first + (start >>> 5);
  const shift = start & 31;
  let value = words[word] >>> shift;
  if (shift + bits > 32) value |= words[word + 1] << (32 - shift);
  return value & ((1 << bits) - 1);
}

/** The first `count` codes of packed words: words -> codes [count]. */
export function unpackCodes(words: Uint32Array, bits: number, count: number): Uint8Array {
  const codes = new Uint8Array(count);
  for (let i = 0; i < count; i++) codes[i] = codeAt(words, bits, i);
  return codes;
}

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/** The bit pattern of a number rounded to f32. */
export function f32Bits(value: number): number {
  float[0] = value;
  return word[0];
}

/** The f32 that a bit pattern stands for. */
export function bitsF32(pattern: number): number {
  word[0] = pattern;
  return float[0];
}
