import { expect, test } from 'vitest';
import { choosePairs, LADDER, pairRanges } from '../../../../gpu/kv/allocate/pairs';

/** Layer 1 hurts ten times as much as layer 0, layer 2 not at all. */
const divergence = [
  [0, 0.1, 0.2, 0.3, 0.4],
  [0, 1, 2, 3, 4],
  [0, 0, 0, 0, 0],
];

test('bits leave where that costs least, until the budget holds', () => {
  expect(choosePairs(divergence, 8)).toEqual([0, 0, 0]);
  // 3 layers x 8 = 24 bits; layer 2 gives 6 of them for nothing
  expect(choosePairs(divergence, 6)).toEqual([0, 0, 4]);
  expect(choosePairs(divergence, 5.4)).toEqual([1, 0, 4]);
  expect(choosePairs(divergence, 4)).toEqual([4, 0, 4]);
  expect(choosePairs(divergence, 1)).toEqual([4, 4, 4]);
});

test('a step down that helps is taken first', () => {
  expect(
    choosePairs(
      [
        [0, 0.5],
        [0.2, 0.1],
      ].map((row) => [...row, 9, 9, 9]),
      7,
    ),
  ).toEqual([0, 1]);
});

test('neighbours of one pair become a range', () => {
  expect(pairRanges([LADDER[0], LADDER[0], LADDER[3], LADDER[0]])).toEqual([
    { from: 0, to: 1, k: 8, v: 8 },
    { from: 2, to: 2, k: 4, v: 2 },
    { from: 3, to: 3, k: 8, v: 8 },
  ]);
});
