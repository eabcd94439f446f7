import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import codec, { decode, refine, startGroup, stepsOf } from '../../../../gpu/reference/codecs/hqq';
import { asSample, GOLDEN_SHAPE, goldenTensor } from '../../../fixtures/golden-tensor';
import { goldenTile } from '../../../fixtures/golden-tile';
import { hasShared, shared } from '../../../setup/env';
import { hqqSide } from './sides';

describe('by hand', () => {
  test('1.58 bits: three levels from -2 to 2', () => {
    const x = Float32Array.of(-2, 2, 0.5, -1.5);
    const group = startGroup(x, 2);
    expect(group).toEqual({ min: -2, s: 0.5, z: 1 });
    expect(decode(x, group, 2)).toEqual([-2, 2, 0, -2]);
  });

  test('one step: errors 0.5 and 0.5 shrink by 0.1 * 0.5^-0.3 and pull z', () => {
    const x = Float32Array.of(-2, 2, 0.5, -1.5);
    const group = startGroup(x, 2);
    expect(refine(x, group, 2, 10)).toBe(1);
    const e = 0.5 - 0.1 * 0.5 ** -0.3;
    const z = (0 + 1 + (2 - 1) + (1 - (0.5 - e) * 0.5) + (0 - (-1.5 - e) * 0.5)) / 4;
    expect(group.z).toBeCloseTo(z, 6);
  });

  test('steps end with the first whose error has not fallen', () => {
    expect(stepsOf([3, 2, 1])).toBe(3);
    expect(stepsOf([3, 2, 2, 1])).toBe(3);
    expect(stepsOf([3, 4])).toBe(2);
    expect(stepsOf([])).toBe(0);
  });

  test('a constant group, and one whose zero is beyond FP16, come back as they are', () => {
    for (const x of [0, 0.5, -1000]) {
      const rows = new Float32Array(64).fill(x);
      const back = codec.through(rows, { heads: 1, headDim: 64 }, hqqSide(4, {}));
      for (const value of back) expect(Math.abs(value - x)).toBeLessThanOrEqual(Math.abs(x) * 2 ** -10);
    }
  });
});

const isHere = hasShared('golden/codec_tiles.json');
const golden = (name: string) => (isHere ? JSON.parse(readFileSync(shared(`golden/${name}`), 'utf8')).codecs : {});

describe.skipIf(!isHere)('golden', () => {
  const [tiles, small] = [golden('codec_tiles.json'), golden('systems_small.json')];

  test.each([1, 2, 3, 4, 8])('hf hqq int%i g64', (bits) => {
    compareTile(bits, { kappa: 1 }, tiles[`hf hqq int${bits} g64 (optimised, whole tile)`]);
  });

  test.each([2, 4])('hqq int%i g64 plain', (bits) => {
    compareTile(bits, { iters: 0 }, tiles[`hqq int${bits} g64 plain`]);
  });

  function compareTile(bits: number, own: Record<string, number>, want: { nmse: number; d0: number[]; d5: number[] }) {
    const tile = goldenTile();
    const back = codec.through(tile, { heads: 1, headDim: 64 }, hqqSide(bits, own));
    for (let i = 0; i < 8; i++) {
      expect(back[i]).toBeCloseTo(want.d0[i], 5);
      expect(back[5 * 64 + i]).toBeCloseTo(want.d5[i], 5);
    }
    const error = tile.reduce((sum, x, i) => sum + (back[i] - x) ** 2, 0) / tile.reduce((sum, x) => sum + x * x, 0);
    expect(error / want.nmse).toBeCloseTo(1, 4);
  }

  test.each([1, 1.58, 2, 3, 4])('hqq_g64_b%f', (bits) => {
    const rows = goldenTensor('k');
    for (const [row, own] of [
      ['k', {}],
      ['k_0iters', { iters: 0 }],
    ] as const) {
      const want = small[`hqq_g64_b${bits}`][row];
      const got = asSample(rows, codec.through(rows, GOLDEN_SHAPE, hqqSide(bits, own)), want);
      expect(Math.abs(got.nmse / want.nmse - 1)).toBeLessThan(1e-3);
      for (const [key, value] of Object.entries(want.sample))
        expect(got.sample[key], key).toBeCloseTo(Number(value), 4);
      // A code at a tie moves the sum by one step of its group.
      expect(Math.abs(got.sum - want.sum)).toBeLessThan(1);
    }
  });
});
