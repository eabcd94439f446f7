import { expect, test } from 'vitest';
import type { MeasuredErrors } from '../../../gpu/lab/suggest-pairs';
import { errorOf, suggestPairs, turnedRound } from '../../../gpu/lab/suggest-pairs';

/** Keys of layer 1 err ten times as much as the rest; nothing gains from 8 bits in layer 0's values. */
const errors: MeasuredErrors = {
  widths: [2, 4, 8],
  k: [
    [0.4, 0.1, 0.01],
    [4, 1, 0.1],
  ],
  v: [
    [0.2, 0.05, 0.05],
    [0.4, 0.1, 0.01],
  ],
};

const widthsOf = (budget: number) => suggestPairs(errors, budget);

test('the budget goes where it takes away most error per bit', () => {
  // Squares per bit: K1 2 -> 4 (16 - 1) / 2 = 7.5 and 2 -> 8 (16 - 0.01) / 6 = 2.7; K0 and V1 0.075; V0 0.019; K1 4 -> 8 0.25.
  expect(widthsOf(4)).toEqual([
    [2, 2],
    [2, 2],
  ]);
  expect(widthsOf(5)).toEqual([
    [2, 2],
    [4, 2],
  ]);
  expect(widthsOf(7)).toEqual([
    [2, 2],
    [8, 2],
  ]);
  expect(widthsOf(8)).toEqual([
    [4, 2],
    [8, 2],
  ]);
  expect(widthsOf(10)).toEqual([
    [4, 4],
    [8, 4],
  ]);
  // V0 gains nothing from more than 4 bits, so its share stays unspent.
  expect(widthsOf(16)).toEqual([
    [8, 4],
    [8, 8],
  ]);
});

test('a step may leap a width that is no better', () => {
  const flat: MeasuredErrors = { widths: [2, 3, 4], k: [[1, 1, 0.1]], v: [[0, 0, 0]] };
  expect(suggestPairs(flat, 6)).toEqual([[4, 2]]);
  expect(suggestPairs(flat, 5)).toEqual([[2, 2]]);
});

test('never above the budget', () => {
  for (let budget = 4; budget <= 16; budget += 0.5) {
    const spent = widthsOf(budget)
      .flat()
      .reduce((sum, bits) => sum + bits, 0);
    expect(spent).toBeLessThanOrEqual(2 * budget);
  }
});

test('error of a set by hand, and none where a width was not measured', () => {
  expect(errorOf(errors, suggestPairs(errors, 8))).toBeCloseTo(0.01 + 0.04 + 0.01 + 0.16, 12);
  expect(
    errorOf(errors, [
      [3, 2],
      [2, 2],
    ]),
  ).toBe(null);
});

test('turned round: the same widths, the most to the layer that errs least', () => {
  const turned = turnedRound(errors, suggestPairs(errors, 8));
  expect(turned).toEqual([
    [8, 2],
    [4, 2],
  ]);
  expect(errorOf(errors, turned)).toBeGreaterThan(errorOf(errors, suggestPairs(errors, 8)) as number);
});
