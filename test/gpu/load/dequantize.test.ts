import { expect, test } from 'vitest';
import { rowBytes, TENSOR_TYPES } from '../../../gpu/load/quant/blocks';
import { dequantize } from '../../../gpu/load/quant/dequantize';
import { quantize } from '../../fixtures/quantize';
import { normalArray } from '../../fixtures/random';

/** A block written by hand; f16: 0x3800 = 0.5, 0x3c00 = 1, 0xbc00 = -1, 0x4000 = 2, 0x3400 = 0.25. */
const half = (bits: number) => [bits & 255, bits >> 8];
const one = (bytes: number[], type: (typeof TENSOR_TYPES)[number], cols: number) => [
  ...dequantize(type, Uint8Array.from(bytes), 1, cols),
];

test('F32, F16 and BF16 are read as written', () => {
  expect(one([0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0], 'F32', 2)).toEqual([1, -2.5]);
  expect(one([...half(0x3800), ...half(0xbc00)], 'F16', 2)).toEqual([0.5, -1]);
  expect(one([0x80, 0x3f, 0x20, 0xc0], 'BF16', 2)).toEqual([1, -2.5]);
});

test('Q8_0: value = d q, q signed', () => {
  const q = Array.from({ length: 32 }, (_, j) => j * 8 - 128);
  const values = one([...half(0x3800), ...q.map((x) => x & 255)], 'Q8_0', 32);
  expect(values).toEqual(q.map((x) => x / 2));
});

/** Nibble byte j = 0x10 * high + low, here low = j and high = 15 - j. */
const nibbles = Array.from({ length: 16 }, (_, j) => j | ((15 - j) << 4));

test('Q4_0: value = d (q - 8), low nibbles first', () => {
  const values = one([...half(0x4000), ...nibbles], 'Q4_0', 32);
  expect(values.slice(0, 3)).toEqual([-16, -14, -12]);
  expect(values.slice(16, 19)).toEqual([14, 12, 10]);
});

test('Q4_1: value = d q + m', () => {
  const values = one([...half(0x3800), ...half(0xbc00), ...nibbles], 'Q4_1', 32);
  expect(values.slice(0, 3)).toEqual([-1, -0.5, 0]);
  expect(values[15]).toBe(6.5);
  expect(values.slice(16, 18)).toEqual([6.5, 6]);
});

test('Q5_0: the fifth bit of value j is bit j of the field', () => {
  const values = one([...half(0x3c00), 0b0000_0010, 0, 0b0000_0001, 0, ...nibbles], 'Q5_0', 32);
  expect(values[0]).toBe(0 - 16);
  expect(values[1]).toBe(1 + 16 - 16);
  expect(values[16]).toBe(15 + 16 - 16);
  expect(values[17]).toBe(14 - 16);
});

test('Q5_1: value = d q + m with five bits', () => {
  const values = one([...half(0x3800), ...half(0x3c00), 0, 0, 0, 0x80, ...nibbles], 'Q5_1', 32);
  expect(values[2]).toBe(2);
  expect(values[31]).toBe((0 + 16) * 0.5 + 1);
});

/** d = 0.5, dmin = 0.25; sub-block 1: scale 3, min 2; sub-block 6: scale 49 (= 1 + 3 * 16), min 18 (= 2 + 1 * 16). */
function kScales(): number[] {
  const s = new Array(12).fill(0);
  s[1] = 3;
  s[5] = 2;
  s[8 + 2] = 1 | (2 << 4);
  s[2] = 3 << 6;
  s[6] = 1 << 6;
  return [...half(0x3800), ...half(0x3400), ...s];
}

test('Q4_K: six-bit scales of both halves, sub-blocks 2i and 2i + 1 in one byte', () => {
  const q = new Array(128).fill(0);
  q[4] = 0x90;
  q[96 + 7] = 0x05;
  const values = one([...kScales(), ...q], 'Q4_K', 256);
  expect(values[32 + 4]).toBe(0.5 * 3 * 9 - 0.25 * 2);
  expect(values[32 + 5]).toBe(-0.5);
  expect(values[192 + 7]).toBe(0.5 * 49 * 5 - 0.25 * 18);
  expect(values[0]).toBe(0);
});

test('Q5_K: bit j of the field byte is the fifth bit of sub-block j', () => {
  const high = new Array(32).fill(0);
  high[4] = 1 << 1;
  high[7] = 1 << 6;
  const q = new Array(128).fill(0);
  q[4] = 0x90;
  q[96 + 7] = 0x05;
  const values = one([...kScales(), ...high, ...q], 'Q5_K', 256);
  expect(values[32 + 4]).toBe(0.5 * 3 * (9 + 16) - 0.25 * 2);
  expect(values[192 + 7]).toBe(0.5 * 49 * (5 + 16) - 0.25 * 18);
  expect(values[192 + 8]).toBe(-0.25 * 18);
});

test('Q6_K: four bits below, two above, signed scale per sixteen', () => {
  const low = new Array(128).fill(0);
  const high = new Array(64).fill(0);
  const scales = new Array(16).fill(1);
  low[32 + 3] = 0x0f;
  high[3] = 0b10 << 2;
  low[64 + 20] = 0xa0;
  high[32 + 20] = 0b01 << 4;
  scales[2] = 254;
  scales[13] = 5;
  const values = one([...low, ...high, ...scales, ...half(0x3800)], 'Q6_K', 256);
  expect(values[32 + 3]).toBe(0.5 * -2 * (15 + 32 - 32));
  expect(values[128 + 64 + 20]).toBe(0.5 * 5 * (10 + 16 - 32));
  expect(values[0]).toBe(-16);
});

test('every type gives back random values to its own precision', () => {
  const steps: Record<string, number> = {
    F32: 0,
    F16: 1e-3,
    BF16: 8e-3,
    Q8_0: 0.02,
    Q4_0: 0.3,
    Q4_1: 0.25,
    Q5_0: 0.15,
    Q5_1: 0.12,
    Q4_K: 0.3,
    Q5_K: 0.16,
    Q6_K: 0.1,
  };
  const values = normalArray(3, 'x', 4 * 512, 1);
  for (const type of TENSOR_TYPES) {
    const bytes = quantize(type, values, 512);
    expect(bytes.length).toBe(4 * rowBytes(type, 512));
    const back = dequantize(type, bytes, 4, 512);
    const worst = Math.max(...back.map((x, i) => Math.abs(x - values[i])));
    expect(worst, type).toBeLessThanOrEqual(steps[type] * 1.3);
    if (type !== 'F32') expect(worst, type).toBeGreaterThan(0);
  }
});

test('a wrong length is refused', () => {
  expect(() => dequantize('Q4_0', new Uint8Array(17), 1, 32)).toThrow(expect.objectContaining({ code: 'bad-file' }));
  expect(() => dequantize('Q4_0', new Uint8Array(18), 1, 16)).toThrow(expect.objectContaining({ code: 'bad-file' }));
});
