import { expect, test } from 'vitest';
import { seededRandom } from '../../../../gpu/kv/seeded-random';
import { rankCorrelation, ranks } from '../../../../gpu/measure/statistics/rank-correlation';

test('ranks, equal values sharing theirs', () => {
  expect(ranks([3, 1, 2])).toEqual([3, 1, 2]);
  expect(ranks([5, 1, 5, 0, 5])).toEqual([4, 2, 4, 1, 4]);
});

test('rho by hand: 1 - 6 sum d^2 / (n (n^2 - 1)) without ties', () => {
  // Ranks 1..5 against 2 1 4 3 5: d^2 = 1 + 1 + 1 + 1 + 0.
  expect(rankCorrelation([1, 2, 3, 4, 5], [20, 10, 40, 30, 50]).rho).toBeCloseTo(1 - (6 * 4) / (5 * 24), 12);
  expect(rankCorrelation([1, 2, 3, 4], [9, 4, 1, 0])).toMatchObject({ rho: -1, n: 4 });
  // With ties: ranks 1, 2.5, 2.5, 4 against 1 2 3 4 give 4.5 / sqrt(4.5 * 5).
  expect(rankCorrelation([0, 7, 7, 8], [1, 2, 3, 4]).rho).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
});

test('p: of the 24 pairings of four, two are as far from 0 as a perfect order', () => {
  expect(Math.abs(rankCorrelation([1, 2, 3, 4], [1, 2, 3, 4]).p - 2 / 24)).toBeLessThan(0.01);
  expect(rankCorrelation([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 5, 6, 7, 8, 9]).p).toBeLessThan(0.001);
});

test('too few pairs, or no spread, say nothing', () => {
  expect(rankCorrelation([1, 2, 3], [1, 2, 3])).toEqual({ rho: 0, n: 3, p: 1 });
  expect(rankCorrelation([1, 1, 1, 1], [1, 2, 3, 4])).toEqual({ rho: 0, n: 4, p: 1 });
});

test('p of unrelated values is below 5 % in about 5 % of 400 draws', () => {
  const random = seededRandom(3);
  let below = 0;
  for (let i = 0; i < 400; i++) {
    const draw = () => Array.from({ length: 10 }, random);
    if (rankCorrelation(draw(), draw(), i + 1).p < 0.05) below++;
  }
  // Four standard errors of 5 % over 400 draws.
  expect(Math.abs(below / 400 - 0.05)).toBeLessThan(0.044);
});
