import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { channelTables, outlierSlots, rulesOf, tokenTables } from '../../../../gpu/kv/nuq';
import { kmeansLevels, quantile, uniformLevels } from '../../../../gpu/kv/nuq-levels';
import { throughChannels } from '../../../../gpu/reference/codecs/nuq-channel';
import { throughToken } from '../../../../gpu/reference/codecs/nuq-token';
import { perRow } from '../../../../gpu/reference/nuq';
import type { GoldenSample } from '../../../fixtures/golden-tensor';
import { asSample, GOLDEN_SHAPE, goldenTensor } from '../../../fixtures/golden-tensor';
import { hasShared, shared } from '../../../setup/env';
import { sideOf } from './golden';

describe('by hand', () => {
  test('one slot at each end up to 199 channels, one more per 200', () => {
    expect([64, 128, 192, 199, 200, 256, 512, 1024, 4096].map(outlierSlots)).toEqual([1, 1, 1, 1, 2, 2, 3, 6, 21]);
  });

  test('quantiles lie on the line between neighbours', () => {
    expect([0, 0.25, 0.5, 1].map((at) => quantile([1, 2, 4], at))).toEqual([1, 1.5, 2, 4]);
  });

  test('k-means of two clusters of three: their means', () => {
    const values = Float64Array.of(0.5, -1, 0.75, -0.5, 1, -0.75, 0.75, -0.75);
    expect([...kmeansLevels(values, 1)]).toEqual([-0.75, 0.75]);
  });

  test('k-means leaves a level without values where it is, and a constant has one level', () => {
    expect([...kmeansLevels(new Float64Array(9).fill(0.25), 2)]).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect([...kmeansLevels(new Float64Array(0), 2)]).toEqual([...uniformLevels(2)]);
  });

  test('a token: ends exact, the next ones span -1 .. 1, levels at thirds', () => {
    const row = Float32Array.of(9, 1, 0.25, -0.25, -1, -7);
    const third = Math.fround(uniformLevels(2)[2]);
    expect([...throughToken(row, uniformLevels(2), 1)]).toEqual([9, 1, third, -third, -1, -7]);
    const all = [...throughToken(row, uniformLevels(2), 0)];
    expect(all.map((x) => Number(x.toFixed(2)))).toEqual([9, -1.67, -1.67, -1.67, -1.67, -7]);
  });

  test('channels: only what lies outside its span takes a slot, the farthest first', () => {
    const spans = [1, 2, 1, 1].map((half) => ({ centre: 1, half }));
    const row = Float32Array.of(2.5, 3, 4, 1.25);
    const back = throughChannels(row, { levels: uniformLevels(2), spans }, 1);
    expect([...back].map((x) => Number(x.toFixed(3)))).toEqual([2, 3, 4, 1.333]);
  });
});

const isHere = hasShared('golden/systems_small.json');
const golden = isHere ? JSON.parse(readFileSync(shared('golden/systems_small.json'), 'utf8')).codecs : {};

/** Levels as the golden rows have them: not rounded to FP16. */
const evenly = (bits: number) => Float32Array.from({ length: 2 ** bits }, (_, i) => (2 * i) / (2 ** bits - 1) - 1);

describe.skipIf(!isHere)('golden', () => {
  describe.each(['k', 'v'] as const)('%s', (name) => {
    test.each([2, 3, 4])('%i bits, uniform levels, token 0 exact', (bits) => {
      const want: GoldenSample = golden[`kvquant_b${bits}_uniformLUT_self_pre_rope`][name];
      const rules = rulesOf(sideOf(name === 'k' ? 'nuq-channel' : 'nuq-token', bits, { own: { lut: 'uniform' } }));
      const rows = goldenTensor(name);
      const channels = GOLDEN_SHAPE.heads * GOLDEN_SHAPE.headDim;
      const shape = { ...GOLDEN_SHAPE, skip: 1 };
      const tables = (name === 'k' ? channelTables : tokenTables)(rows, shape, rules);
      const sampleOf = (levels: Float32Array): GoldenSample => {
        const back = perRow(rows, channels, (row) =>
          name === 'k' ? throughChannels(row, { ...tables, levels }, 1) : throughToken(row, levels, 1),
        );
        back.set(rows.subarray(0, channels));
        return asSample(rows, back, want);
      };
      const got = sampleOf(evenly(bits));
      expect(got.nmse).toBeCloseTo(want.nmse, 6);
      for (const [key, x] of Object.entries(want.sample)) expect(got.sample[key], key).toBeCloseTo(x, 5);
      // A few values lie on a border of two levels to the last bit of f32.
      expect(Math.abs(got.sum - want.sum)).toBeLessThan(1);
      expect(sampleOf(tables.levels).nmse / want.nmse).toBeCloseTo(1, 3);
    });
  });
});
