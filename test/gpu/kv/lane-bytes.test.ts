import { describe, expect, test } from 'vitest';
import type { CacheDims } from '../../../gpu/kv/footprint';
import { footprint } from '../../../gpu/kv/footprint';
import { parseLane } from '../../../gpu/kv/lane';
import { laneBytes } from '../../../gpu/kv/lane-bytes';
import type { ModelConfig } from '../../../gpu/model/config';
import { plansOf } from './plan';

const model = { layers: 3, heads: 4, kvHeads: 2, headDim: 64 } satisfies CacheDims as ModelConfig;

function bytesAfter(lane: string, tokens: number, dims = model, live = false) {
  const plans = plansOf(lane, { cap: Math.max(1, tokens), live, ...dims });
  for (let t = 0; t < tokens; t++) for (const plan of plans) plan.append(t);
  return laneBytes(plans, dims);
}

const LANES = [
  'k=4 v=2',
  'k=1 v=8 group=64',
  'k=3 v=5 scheme=sym',
  'k=6 v=7 sinks=4 window=16',
  'k=2 v=2 k.along=token self=fp16',
  'k=16 v=4',
  'k=16 v=16 sinks=4 window=16',
  'k=32 v=32',
];

describe.each(LANES)('%s', (lane) => {
  test.each([1, 31, 32, 33, 100])('%i tokens: live rows take what the configuration alone says', (tokens) => {
    const { bytes, effectiveBits } = bytesAfter(lane, tokens);
    const counted = footprint(parseLane(lane), model, tokens);
    expect({ k: bytes.k, v: bytes.v, fp16: bytes.fp16 }).toEqual({
      k: counted.k.total,
      v: counted.v.total,
      fp16: counted.fp16,
    });
    expect(bytes.codes).toBe(counted.k.codes + counted.v.codes);
    expect(bytes.meta).toBe(counted.k.meta + counted.v.meta);
    expect(bytes.exact).toBe(counted.k.exact + counted.v.exact);
    expect(bytes.total).toBe(bytes.codes + bytes.meta + bytes.exact + bytes.tables);
    expect(effectiveBits.k).toBeCloseTo(counted.effectiveBits.k, 9);
    expect(effectiveBits.v).toBeCloseTo(counted.effectiveBits.v, 9);
    expect(effectiveBits.mean).toBeCloseTo(counted.effectiveBits.mean, 9);
    expect(effectiveBits.packedMean).toBeCloseTo(counted.effectiveBits.packedMean, 9);
  });

  test('live rows never take more than is reserved', () => {
    for (const tokens of [1, 40, 130]) {
      const { bytes } = bytesAfter(lane, tokens);
      expect(bytes.total).toBeLessThanOrEqual(bytes.reserved);
    }
  });
});

test('effective bits are exact: a scale and a minimum of 16 bits on every 32 values', () => {
  expect(bytesAfter('k=4 v=2', 77).effectiveBits).toEqual({ k: 5, v: 3, mean: 4, packedMean: 4 });
  expect(bytesAfter('k=2 v=1 group=64', 5).effectiveBits).toEqual({ k: 2.5, v: 1.5, mean: 2, packedMean: 2 });
});

test('one scale of an odd number wastes half a word: stored, not counted', () => {
  const dims = { ...model, headDim: 32 };
  expect(bytesAfter('k=4 v=4 scheme=sym', 8, dims).effectiveBits).toEqual({ k: 4.5, v: 4.5, mean: 4.5, packedMean: 5 });
});

test('a full lane of whole blocks reserves what it uses', () => {
  for (const lane of ['k=4 v=2', 'k=16 v=16', 'k=3 v=3 along=token']) {
    const { bytes } = bytesAfter(lane, 64);
    const ring = lane.includes('token') ? 2 * 3 * 2 * 33 * 64 * 2 : 0;
    expect(bytes.reserved - bytes.total).toBe(ring);
  }
});

test('originals are instrumentation, never part of the cache', () => {
  const [plain, live] = [bytesAfter('k=4 v=2', 50), bytesAfter('k=4 v=2', 50, model, true)];
  expect(live.bytes.total).toBe(plain.bytes.total);
  expect(live.effectiveBits).toEqual(plain.effectiveBits);
  expect(live.bytes.instrumentation).toBe(plain.bytes.fp16);
  expect(plain.bytes.instrumentation).toBe(0);
});
