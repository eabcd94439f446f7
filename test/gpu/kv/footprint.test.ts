import { expect, test } from 'vitest';
import { effectiveBits, exactRows, footprint } from '../../../gpu/kv/footprint';
import { parseLane } from '../../../gpu/kv/lane';

const dims = { layers: 30, heads: 9, kvHeads: 3, headDim: 64 };

test.each([
  ['k=4 v=2', 5, 3],
  ['k=8 v=8 group=64', 8.5, 8.5],
  ['k=4 v=4 group=head', 4.5, 4.5],
  ['k=4 v=4 scheme=sym', 4.5, 4.5],
  ['k=16 v=3', 16, 4],
  ['k=32 v=32', 32, 32],
])('%s: K %d, V %d bits at any length', (lane, k, v) => {
  for (const tokens of [1, 137]) {
    expect(effectiveBits(parseLane(lane), dims, tokens)).toEqual({ k, v, mean: (k + v) / 2, packedMean: (k + v) / 2 });
  }
});

test('sinks and window are counted at 16 bits: 4 + 32 of 100 rows', () => {
  const bits = effectiveBits(parseLane('k=4 v=2 sinks=4 window=32'), dims, 100);
  expect(bits.k).toBeCloseTo((36 * 16 + 64 * 5) / 100, 12);
  expect(bits.v).toBeCloseTo((36 * 16 + 64 * 3) / 100, 12);
  expect(effectiveBits(parseLane('k=4 v=2 sinks=4 window=32'), dims, 20).mean).toBe(16);
});

test('tokens of a channel: the open block is exact', () => {
  const config = parseLane('k=2 v=2 k.along=token sinks=4 window=8');
  expect([1, 43, 44, 75, 76].map((tokens) => exactRows(config, 'k', tokens, 64))).toEqual([1, 43, 12, 43, 12]);
  expect(exactRows(config, 'v', 44, 64)).toBe(12);
  expect(exactRows(parseLane('k=2 v=2 along=token'), 'k', 32, 64)).toBe(0);
  expect(exactRows(parseLane('k=2 v=2 along=token self=fp16'), 'k', 32, 64)).toBe(32);
});

test('bytes of one token at K4 V2: 90 heads of 64 values', () => {
  const { k, v, total, fp16 } = footprint(parseLane('k=4 v=2'), dims, 1);
  expect(k).toEqual({ codes: 90 * 32, meta: 90 * 8, exact: 0, total: 90 * 40 });
  expect(v).toEqual({ codes: 90 * 16, meta: 90 * 8, exact: 0, total: 90 * 24 });
  expect(total).toBe(90 * 64);
  expect(fp16).toBe(90 * 64 * 4);
});

test('an odd number of sym scales leaves half a word unused: three groups of 32 in a head of 96', () => {
  const bits = effectiveBits(parseLane('k=4 v=4 scheme=sym'), { ...dims, headDim: 96 }, 10);
  expect(bits.mean).toBe(4.5);
  expect(bits.packedMean).toBeCloseTo(4 + 64 / 96, 12);
});

test('scales along tokens: one word per channel and block of 32 rows', () => {
  const { k, v } = footprint(parseLane('k=2 v=2 k.along=token'), dims, 64);
  expect(k).toEqual({ codes: 90 * 64 * 16, meta: 90 * 2 * 64 * 4, exact: 0, total: 90 * 64 * 24 });
  expect(v).toEqual(k);
});
