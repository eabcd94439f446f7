import { describe, expect, test } from 'vitest';
import nvfp4 from '../../../../gpu/reference/codecs/nvfp4';
import { holdError, holdTile, sideOf } from './golden';
import { tilesHere } from './tiles';

const side = (global: 'prompt' | 1) => sideOf('nvfp4', 4, { group: 16, ...(global === 1 ? { own: { global } } : {}) });

test('by hand: scale e4m3(9.6 / 6) = 1.625, levels at 0.5 .. 6 times that', () => {
  const rows = new Float32Array(16);
  rows.set([9.6, -1, 0.41, 0.40625, 5]);
  expect([...nvfp4.through(rows, { heads: 1, headDim: 16 }, side(1)).subarray(0, 6)]).toEqual([
    9.75, -0.8125, 0.8125, 0, 4.875, 0,
  ]);
});

test('the scale of the prompt takes the largest value to 6 * 448 * global', () => {
  const rows = Float32Array.from({ length: 32 }, (_, i) => (i === 0 ? 5376 : i === 16 ? 24 : 0));
  expect([...nvfp4.through(rows, { heads: 1, headDim: 32 }, side('prompt'))]).toEqual([...rows]);
});

describe.skipIf(!tilesHere)('golden tile', () => {
  test('global 1', () => holdTile('nvfp4 global=1', side(1)));
  test('global of the prompt', () => holdTile('nvfp4 global=amax/2688', side('prompt')));
});

test('error on N(0, 1)', () => holdError(side(1), 0.009));
