import { expect, test } from 'vitest';
import { F16_VALUES, f16FromF32Bits, f16FromNumber, packF16, roundF16, unpackF16 } from '../../../gpu/load/f16';

const bitsOf = (value: number) => new Uint32Array(Float32Array.of(value).buffer)[0];

test('known values', () => {
  expect(F16_VALUES[0x3c00]).toBe(1);
  expect(F16_VALUES[0xc000]).toBe(-2);
  expect(F16_VALUES[0x7bff]).toBe(65504);
  expect(F16_VALUES[0x0001]).toBe(2 ** -24);
  expect(F16_VALUES[0x0400]).toBe(2 ** -14);
  expect(F16_VALUES[0x3555]).toBe(1365 / 4096);
  expect(Object.is(F16_VALUES[0x8000], -0)).toBe(true);
  expect(F16_VALUES[0xfc00]).toBe(Number.NEGATIVE_INFINITY);
  expect(F16_VALUES[0x7e01]).toBeNaN();
});

test('every finite half survives the way through f32 and double', () => {
  let wrong = 0;
  for (let bits = 0; bits < 65536; bits++) {
    if ((bits & 0x7c00) === 0x7c00) continue;
    if (f16FromNumber(F16_VALUES[bits]) !== bits) wrong++;
    if (f16FromF32Bits(bitsOf(F16_VALUES[bits])) !== bits) wrong++;
  }
  expect(wrong).toBe(0);
});

test('between two neighbours: below the middle down, above it up, on it to the even one', () => {
  let wrong = 0;
  for (let bits = 0; bits < 0x7bff; bits++) {
    const low = F16_VALUES[bits];
    const high = F16_VALUES[bits + 1];
    const middle = (low + high) / 2;
    const tiny = (high - low) * 2 ** -40;
    const even = bits & 1 ? bits + 1 : bits;
    for (const sign of [0, 0x8000]) {
      const s = sign ? -1 : 1;
      if (f16FromNumber(s * middle) !== (sign | even)) wrong++;
      if (f16FromNumber(s * (middle - tiny)) !== (sign | bits)) wrong++;
      if (f16FromNumber(s * (middle + tiny)) !== (sign | (bits + 1))) wrong++;
      if (f16FromF32Bits(bitsOf(s * middle)) !== (sign | even)) wrong++;
    }
  }
  expect(wrong).toBe(0);
});

test('the ends of the range', () => {
  expect(f16FromNumber(65519.99)).toBe(0x7bff);
  expect(f16FromNumber(65520)).toBe(0x7c00);
  expect(f16FromNumber(-1e30)).toBe(0xfc00);
  expect(f16FromNumber(Number.POSITIVE_INFINITY)).toBe(0x7c00);
  expect(f16FromNumber(Number.NaN) & 0x7fff).toBe(0x7e00);
  expect(f16FromNumber(2 ** -25)).toBe(0);
  expect(f16FromNumber(2 ** -25 * (1 + 2 ** -50))).toBe(1);
  expect(f16FromNumber(-(2 ** -60))).toBe(0x8000);
  expect(roundF16(0.1)).toBe(0.0999755859375);
});

test('packed pairs: even element low, odd tail padded', () => {
  const words = packF16([1, -2, 0.5]);
  expect([...words]).toEqual([0xc0003c00, 0x00003800]);
  expect([...unpackF16(words, 3)]).toEqual([1, -2, 0.5]);
});
