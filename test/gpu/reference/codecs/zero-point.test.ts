import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ZeroPoint } from '../../../../gpu/reference/codecs/zero-point';
import codec, { decodeCode, encodeGroup } from '../../../../gpu/reference/codecs/zero-point';
import { hadamard } from '../../../../gpu/reference/hadamard';
import { asSample, GOLDEN_SHAPE, goldenTensor } from '../../../fixtures/golden-tensor';
import { goldenTile } from '../../../fixtures/golden-tile';
import { hasShared, shared } from '../../../setup/env';
import { zeroPointSide } from './sides';

const FLOAT: ZeroPoint = { zero: 'float', clip: 1, rounding: 'even' };
const INT: ZeroPoint = { ...FLOAT, zero: 'int' };

describe('by hand', () => {
  test('float zero, 2 bits: step 1 from -0.25 to 2.75, zero at 0.25', () => {
    const group = encodeGroup(Float32Array.of(-0.25, 2.75, 1.25, 0.5), 2, FLOAT);
    expect(group).toMatchObject({ scale: 1, zero: 0.25 });
    expect([...group.codes]).toEqual([0, 3, 2, 1]);
    expect([...group.codes].map((code) => decodeCode(code, group))).toEqual([-0.25, 2.75, 1.75, 0.75]);
  });

  test('halfUp: a tie goes up, where even leaves it', () => {
    const values = Float32Array.of(-0.25, 2.75, 0.25);
    expect([...encodeGroup(values, 2, FLOAT).codes]).toEqual([0, 3, 0]);
    expect([...encodeGroup(values, 2, { ...FLOAT, rounding: 'halfUp' }).codes]).toEqual([0, 3, 1]);
  });

  test('int zero, 2 bits: zero falls on a code and comes back as 0', () => {
    const group = encodeGroup(Float32Array.of(-1.25, 1.75, 0, 0.75), 2, INT);
    expect(group).toMatchObject({ scale: 1, zero: 1 });
    expect([...group.codes]).toEqual([0, 3, 1, 2]);
    expect([...group.codes].map((code) => decodeCode(code, group))).toEqual([-1, 2, 0, 1]);
  });

  test('clip 0.5 halves the range; what lies outside takes the end codes', () => {
    const group = encodeGroup(Float32Array.of(-6, 6, 1, -1), 2, { ...INT, clip: 0.5 });
    expect(group).toMatchObject({ scale: 2, zero: 2 });
    expect([...group.codes].map((code) => decodeCode(code, group))).toEqual([-4, 2, 0, 0]);
  });

  test.each([FLOAT, INT])('a constant group comes back as it is', (settings) => {
    for (const x of [0, 0.5, -1000]) {
      const group = encodeGroup(Float32Array.of(x, x), 4, settings);
      const back = decodeCode(group.codes[0], group);
      expect(Math.abs(back - x)).toBeLessThanOrEqual(Math.abs(x) * 2 ** -11);
    }
  });
});

const isHere = hasShared('golden/codec_tiles.json');
const golden = (name: string) => (isHere ? JSON.parse(readFileSync(shared(`golden/${name}`), 'utf8')).codecs : {});

describe.skipIf(!isHere)('golden', () => {
  const [tiles, small] = [golden('codec_tiles.json'), golden('systems_small.json')];

  test.each([4, 8])('lmdeploy pytorch int%i', (bits) => {
    const want = tiles[`lmdeploy pytorch int${bits}`];
    const tile = goldenTile();
    const back = codec.through(tile, { heads: 1, headDim: 64 }, zeroPointSide(bits, { rounding: 'halfUp' }));
    const row = (t: number) => [...back.slice(t * 64, t * 64 + 8)].map((x) => Number(x.toPrecision(6)));
    expect(row(0)).toEqual(want.d0);
    expect(row(5)).toEqual(want.d5);
    const codes = encodeGroup(tile.slice(0, 64), bits, { ...FLOAT, rounding: 'halfUp' }).codes;
    expect([...codes]).toEqual(want.codes);
    const error = tile.reduce((sum, x, i) => sum + (back[i] - x) ** 2, 0) / tile.reduce((sum, x) => sum + x * x, 0);
    expect(error / want.nmse).toBeCloseTo(1, 4);
  });

  describe.each(['k', 'v'] as const)('%s', (name) => {
    test.each([2, 4, 8])('kvtuner per token, %i bits', (bits) => {
      const rows = goldenTensor(name);
      const back = codec.through(rows, GOLDEN_SHAPE, zeroPointSide(bits, { zero: 'int' }));
      compare(rows, back, small[`kvtuner_tok_b${bits}`][name]);
    });

    test.each([
      [2, 0.8],
      [3, 1],
      [4, 1],
    ])('after Hadamard, %i bits, clip %f', (bits, clip) => {
      const rows = goldenTensor(name);
      const turned = codec.through(
        hadamard(rows.slice(), 64),
        GOLDEN_SHAPE,
        zeroPointSide(bits, { zero: 'int', clip }),
      );
      compare(rows, hadamard(turned, 64), small[`had64_intzero_b${bits}_clip${clip.toFixed(1)}`][name]);
    });
  });

  function compare(rows: Float32Array, back: Float32Array, want: Parameters<typeof asSample>[2]): void {
    const got = asSample(rows, back, want);
    expect(Math.abs(got.nmse / want.nmse - 1)).toBeLessThan(1e-3);
    for (const [key, value] of Object.entries(want.sample)) expect(got.sample[key]).toBeCloseTo(value, 4);
    // A code at a tie moves the sum by one step of its group.
    expect(Math.abs(got.sum - want.sum)).toBeLessThan(0.02);
  }
});
