import { describe, expect, test } from 'vitest';
import { bitsF32, codeAt, f32Bits, packCodes, unpackCodes, wordsFor } from '../../../gpu/kv/bits';

describe('packed codes', () => {
  test('three bits straddle the first word border', () => {
    // Code 10 takes bits 30..32: its two low bits end word 0, its high bit begins word 1.
    const codes = new Array(32).fill(0);
    codes[0] = 5;
    codes[10] = 7;
    expect([...packCodes(codes, 3)]).toEqual([0xc0000005, 1, 0]);
  });

  test('four bits are nibbles, lowest first', () => {
    expect(packCodes([1, 2, 3, 4, 5, 6, 7, 8], 4)[0]).toBe(0x87654321);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('%i bits come back from any length', (bits) => {
    for (const count of [1, 31, 32, 33, 64, 100]) {
      const codes = Uint8Array.from({ length: count }, (_, i) => (i * 37 + 11) % 2 ** bits);
      const words = packCodes(codes, bits);
      expect(words.length).toBe(wordsFor(count, bits));
      expect(unpackCodes(words, bits, count)).toEqual(codes);
      expect(codeAt(words, bits, count - 1)).toBe(codes[count - 1]);
    }
  });

  test('a run may begin at any word', () => {
    const words = new Uint32Array(8);
    words.set(packCodes([1, 2, 3, 4], 5), 3);
    expect(codeAt(words, 5, 2, 3)).toBe(3);
  });
});

test('f32 bit patterns', () => {
  expect(f32Bits(1)).toBe(0x3f800000);
  expect(f32Bits(-2)).toBe(0xc0000000);
  expect(bitsF32(0x40490fdb)).toBe(Math.fround(Math.PI));
});
