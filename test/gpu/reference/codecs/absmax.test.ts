import { expect, test } from 'vitest';
import absmax from '../../../../gpu/reference/codecs/absmax';
import { holdTile, sideOf } from './golden';
import { tilesHere } from './tiles';

test('by hand: scale 2, ties to even', () => {
  const rows = Float32Array.of(-254, 3, 4.2, 1, 0, 5);
  expect([...absmax.through(rows, { heads: 1, headDim: 6 }, sideOf('absmax', 8))]).toEqual([-254, 4, 4, 0, 0, 4]);
});

test('a row of zeros stays one', () => {
  expect([...absmax.through(new Float32Array(4), { heads: 1, headDim: 4 }, sideOf('absmax', 8))]).toEqual([0, 0, 0, 0]);
});

test.skipIf(!tilesHere)('golden tile', () => holdTile('ort q8', sideOf('absmax', 8)));
