import { describe, expect, test } from 'vitest';
import { uniformSide } from '../../../../gpu/kv/config';
import midRise, { decodeBlock, encodeBlock } from '../../../../gpu/reference/codecs/mid-rise';
import { referenceTransform } from '../../../../gpu/reference/registry';
import { goldenTile } from '../../../fixtures/golden-tile';
import { expectTile, goldenTiles, tilesHere } from './tiles';

const block = (values: number[]): Float32Array => {
  const y = new Float32Array(32);
  y.set(values);
  return y;
};
const v3 = (bits: number, compand = 0) => ({ variant: 'v3', compand, bits });
const v2 = (bits: number) => ({ variant: 'v2', compand: 0, bits });

describe('by hand', () => {
  test('v3 at 2 bits: cells of half the maximum, values at their middle, no zero', () => {
    const coded = encodeBlock(block([8, -8, 3.9, 4, -0.1, 0]), v3(2));
    expect(coded.scale).toBe(8);
    expect([...coded.codes].slice(0, 6)).toEqual([3, 0, 2, 3, 1, 2]);
    expect(decodeBlock(coded, v3(2)).slice(0, 6)).toEqual([6, -6, 2, 6, -2, 2]);
  });

  test('v3: the maximum is rounded to half first, and what lies above it saturates', () => {
    const coded = encodeBlock(block([1.0004, -1.0004]), v3(8));
    expect(coded.scale).toBe(1);
    expect([...coded.codes].slice(0, 2)).toEqual([255, 0]);
  });

  test('compander 0.5 at 2 bits: the border of the outer cells is f(1/2) = 0.3125', () => {
    const coded = encodeBlock(block([8, 2.4, 2.5, -2.5, -2.6]), v3(2, 0.5));
    expect([...coded.codes].slice(0, 5)).toEqual([3, 2, 3, 1, 0]);
    expect(decodeBlock(coded, v3(2, 0.5)).slice(0, 2)).toEqual([8 * 0.5859375, 8 * 0.1328125]);
  });

  test('compander 1 is the even grid', () => {
    const y = Float32Array.from({ length: 32 }, (_, i) => Math.sin(i * 1.7));
    expect(encodeBlock(y, v3(5, 1))).toEqual(encodeBlock(y, v3(5)));
  });

  test('v2 at 2 bits: halves to even, the positive maximum is one step low', () => {
    const coded = encodeBlock(block([8, -8, 2, 6, -2, -6]), v2(2));
    expect([...coded.codes].slice(0, 6)).toEqual([3, 0, 2, 3, 2, 0]);
    expect(decodeBlock(coded, v2(2)).slice(0, 4)).toEqual([4, -8, 0, 4]);
  });

  test.each([v3(4), v3(4, 0.65), v2(4)])('a block of zeros stays next to zero: %o', (grid) => {
    expect(decodeBlock(encodeBlock(block([]), grid), grid).every((x) => Math.abs(x) < 1e-9)).toBe(true);
  });
});

describe.skipIf(!tilesHere)('the 8 x 64 golden tile', () => {
  test.each(Object.keys(goldenTiles).filter((name) => name.startsWith('exl')))('%s', (name) => {
    const [, version, bits] = /^exl(\d) (\d)$/.exec(name) as RegExpExecArray;
    const grid = version === '3' ? v3(Number(bits)) : v2(Number(bits));
    const transform = referenceTransform(version === '3' ? 'hadamard-32' : 'hadamard-32-interleaved');
    const turned = goldenTile();
    for (let t = 0; t < 8; t++) transform.forward(turned.subarray(t * 64, t * 64 + 64));
    const codes = [0, 32].flatMap((at) => [...encodeBlock(turned.subarray(at, at + 32), grid).codes]);
    expect(codes).toEqual(goldenTiles[name].codes);
    const side = { ...uniformSide(grid.bits), codec: 'mid-rise', own: { variant: grid.variant } };
    const back = midRise.through(turned, { heads: 1, headDim: 64 }, side);
    for (let t = 0; t < 8; t++) transform.inverse(back.subarray(t * 64, t * 64 + 64));
    expectTile(back, goldenTiles[name]);
  });
});
