import { describe, expect, test } from 'vitest';
import type { Side } from '../../../../gpu/kv/config';
import { uniformSide } from '../../../../gpu/kv/config';
import { roundF16 } from '../../../../gpu/load/f16';
import ggml, { decodeBlock, encodeBlock, typeOf } from '../../../../gpu/reference/codecs/ggml';
import { referenceTransform } from '../../../../gpu/reference/registry';
import { goldenTile } from '../../../fixtures/golden-tile';
import { expectTile, goldenTiles, tilesHere } from './tiles';

const TYPES = ['q8_0', 'q5_1', 'q5_0', 'q4_1', 'q4_0', 'iq4_nl'];
const side = (type: string): Side => ({
  ...uniformSide(Number(/\d/.exec(type))),
  codec: 'ggml',
  own: type === 'q4_0' ? {} : { type },
});

/** A block that begins with `values`; the rest is `fill`. */
const block = (values: number[], fill = 0): Float32Array => {
  const x = new Float32Array(32).fill(fill);
  x.set(values);
  return x;
};
const firstCodes = (values: number[], type: string, fill = 0) =>
  [...encodeBlock(block(values, fill), type).codes].slice(0, values.length);

describe('by hand', () => {
  test('q8_0: d = 1, halves go away from zero', () => {
    expect(firstCodes([127, 0.5, 1.5, 2.5, -0.5, -2.5, 2.4], 'q8_0')).toEqual([127, 1, 2, 3, -1, -3, 2]);
  });

  test('q4_0: the largest value, sign kept, gets code 0 and so does not fit on the other side', () => {
    const x = block([8, -8, 0.5, -0.5, 1, -1]);
    const coded = encodeBlock(x, 'q4_0');
    expect(coded.d).toBe(-1);
    expect([...coded.codes].slice(0, 6)).toEqual([0, 15, 8, 9, 7, 9]);
    expect(decodeBlock(coded, 'q4_0').slice(0, 6)).toEqual([8, -7, -0, -1, 1, -1]);
  });

  test('q5_1: codes from the unrounded minimum, values from the stored one', () => {
    const coded = encodeBlock(block([0.1, 31.1, 1.6, 1.59], 0.1), 'q5_1');
    expect([...coded.codes].slice(0, 4)).toEqual([0, 31, 2, 1]);
    expect(coded.m).toBe(0.0999755859375);
    expect(decodeBlock(coded, 'q5_1')[1]).toBe(Math.fround(31.0999755859375));
  });

  test('iq4_nl: nearest step, ties up, and the scale that fits best', () => {
    const coded = encodeBlock(block([127, -113, -1, 4.5]), 'iq4_nl');
    expect([...coded.codes].slice(0, 4)).toEqual([0, 15, 8, 8]);
    const up = -(127 ** 4) - 113 ** 4 - 1 + 4.5 ** 3;
    expect(coded.d).toBe(roundF16(up / (127 ** 4 + 113 ** 4 + 1 + 4.5 ** 2)));
  });

  test.each(TYPES)('%s: a block of zeros comes back as zeros', (type) => {
    expect(decodeBlock(encodeBlock(block([]), type), type).every((x) => x === 0)).toBe(true);
  });

  test('a side moved to another width has the plain type of that width', () => {
    expect([8, 5, 4].map((bits) => typeOf({ ...side('q5_1'), bits }))).toEqual(['q8_0', 'q5_1', 'q4_0']);
    expect(typeOf({ ...side('q4_0'), bits: 8 })).toBe('q8_0');
  });
});

/** Rotated K is in the file's order; V keeps its order. */
const BASES: [string, string[]][] = [
  ['ggml TYPE', []],
  ['llama.cpp TYPE +had, K side (HF order in and out; codes in GGUF rotated order)', ['file-order', 'hadamard-wide']],
  ['llama.cpp TYPE +had, V side', ['hadamard-64']],
  ['llama.cpp TYPE, K side, no had', ['file-order']],
];

describe.skipIf(!tilesHere)('the 8 x 64 golden tile', () => {
  const cases = BASES.flatMap(([name, transforms]) =>
    TYPES.map((type) => [name.replace('TYPE', type), type, transforms] as const),
  ).filter(([name]) => name in goldenTiles || !tilesHere);
  test('covers every row of these names', () => {
    const rows = Object.keys(goldenTiles).filter((name) => /^(ggml|llama)/.test(name));
    expect(cases.map(([name]) => name).toSorted()).toEqual(rows.toSorted());
  });

  test.each(cases)('%s', (name, type, transforms) => {
    const turned = goldenTile();
    const rows = Array.from({ length: 8 }, (_, t) => turned.subarray(t * 64, t * 64 + 64));
    for (const row of rows) for (const id of transforms) referenceTransform(id).forward(row);
    const codes = [0, 32].flatMap((at) => [...encodeBlock(turned.subarray(at, at + 32), type).codes]);
    expect(codes).toEqual(goldenTiles[name].codes);
    const back = ggml.through(turned, { heads: 1, headDim: 64 }, side(type));
    for (let t = 0; t < 8; t++)
      for (const id of transforms.toReversed()) referenceTransform(id).inverse(back.subarray(t * 64, t * 64 + 64));
    expectTile(back, goldenTiles[name]);
  });
});
