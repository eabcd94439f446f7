import { describe, expect, test } from 'vitest';
import mxfp4 from '../../../../gpu/reference/codecs/mxfp4';
import { holdError, holdTile, sideOf } from './golden';
import { tilesHere } from './tiles';

const side = (group: 16 | 32, rule: 'floor' | 'ceil') => sideOf('mxfp4', 4, { group, own: { rule } });

test('by hand: a group up to 7 has scale 1 by floor and 2 by ceil; ties go down', () => {
  const rows = new Float32Array(16);
  rows.set([7, -2.5, 0.26, 1]);
  const first = (rule: 'floor' | 'ceil') => [
    ...mxfp4.through(rows, { heads: 1, headDim: 16 }, side(16, rule)).subarray(0, 4),
  ];
  expect(first('floor')).toEqual([6, -2, 0.5, 1]);
  expect(first('ceil')).toEqual([6, -2, 0, 1]);
});

test.skipIf(!tilesHere)('golden tile', () => holdTile('mxfp4 g32', side(32, 'floor')));

describe('error on N(0, 1)', () => {
  test('32 channels', () => {
    holdError(side(32, 'floor'), 0.0132);
    holdError(side(32, 'ceil'), 0.0134);
  });
  test('16 channels', () => holdError(side(16, 'ceil'), 0.0127));
});
