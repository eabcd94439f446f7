import { describe, expect, test } from 'vitest';
import fp8, { FORMATS, toSmallFloat } from '../../../../gpu/reference/codecs/fp8';
import { holdError, holdTile, sideOf } from './golden';
import { tilesHere } from './tiles';

test('e4m3 by hand: steps of 1/8 of the power of two, 1/512 at the bottom, 448 at the top', () => {
  const round = (x: number) => toSmallFloat(x, FORMATS.e4m3);
  expect([1.06, 1.0625, 1.1875, -3.3, 17, 0.001, 0.0009, 900, -1e9, 0].map(round)).toEqual([
    1, 1, 1.25, -3.25, 16, 0.001953125, 0, 448, -448, 0,
  ]);
});

test('e5m2 by hand: steps of 1/4 of the power of two', () => {
  const round = (x: number) => toSmallFloat(x, FORMATS.e5m2);
  expect([1.1, 1.125, 1.375, -7.5, 1e6, 2 ** -16, 2 ** -18].map(round)).toEqual([1, 1, 1.5, -8, 57344, 2 ** -16, 0]);
});

test('scale of the prompt: its largest value becomes the largest number', () => {
  const rows = Float32Array.of(-896, 2, 0, 1);
  expect([...fp8.through(rows, { heads: 1, headDim: 4 }, sideOf('fp8', 8, { own: { scale: 'prompt' } }))]).toEqual([
    -896, 2, 0, 1,
  ]);
});

describe.skipIf(!tilesHere)('golden tile', () => {
  test.each(['e4m3', 'e5m2'])('fp8 %s', (format) => holdTile(`fp8 ${format}`, sideOf('fp8', 8, { own: { format } })));
});

test('error on N(0, 1)', () => {
  holdError(sideOf('fp8', 8), 0.0007);
  holdError(sideOf('fp8', 8, { own: { format: 'e5m2' } }), 0.00279);
});
