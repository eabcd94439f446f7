import { expect, test } from 'vitest';
import { blockMeans, bootstrapMean, differences } from '../../../../gpu/measure/statistics/bootstrap';
import { excludes } from '../../../../gpu/measure/statistics/interval';
import { logFactorial, normalQuantile } from '../../../../gpu/measure/statistics/normal';
import { signTest } from '../../../../gpu/measure/statistics/sign-test';
import { theilSen } from '../../../../gpu/measure/statistics/theil-sen';
import { wilson } from '../../../../gpu/measure/statistics/wilson';

test('ln n! by products and by the series', () => {
  expect(logFactorial(0)).toBe(0);
  expect(Math.exp(logFactorial(5))).toBeCloseTo(120, 10);
  expect(logFactorial(20)).toBeCloseTo(Math.log(2432902008176640000), 12);
  expect(logFactorial(16)).toBeCloseTo(logFactorial(15) + Math.log(16), 12);
});

test('normal quantiles from the tables', () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 8);
  expect(normalQuantile(0.5)).toBe(0);
  expect(normalQuantile(0.01)).toBeCloseTo(-2.3263478740408408, 7);
  expect(normalQuantile(0.999)).toBeCloseTo(3.090232306167813, 7);
});

test('sign test by hand: 8 of 10 above, two ties', () => {
  const test = signTest([1, 2, 3, 4, 5, 6, 7, 8, -1, -2, 0, 0]);
  // 2 (1 + 10 + 45) / 1024
  expect(test).toMatchObject({ above: 8, below: 2, ties: 2 });
  expect(test.p).toBeCloseTo(112 / 1024, 12);
  expect(signTest([1, -1]).p).toBe(1);
  expect(signTest([]).p).toBe(1);
  expect(signTest(new Array(1000).fill(1)).p).toBeLessThan(1e-290);
});

test('Wilson by hand, and its ends', () => {
  const of = wilson(8, 10);
  expect(of?.low).toBeCloseTo(0.4901625, 6);
  expect(of?.high).toBeCloseTo(0.9433178, 6);
  expect(wilson(0, 20)).toMatchObject({ low: 0 });
  expect(wilson(20, 20)).toMatchObject({ high: 1 });
  expect(wilson(0, 0)).toBeNull();
});

test('bootstrap: seeded, exact for constants, none for too few', () => {
  const values = Array.from({ length: 40 }, (_, i) => (i * 7) % 11);
  expect(bootstrapMean(values, { seed: 3 })).toEqual(bootstrapMean(values, { seed: 3 }));
  expect(bootstrapMean(new Array(10).fill(0.25))).toMatchObject({ value: 0.25, low: 0.25, high: 0.25 });
  expect(bootstrapMean([1, 2, 3])).toBeNull();
  expect(bootstrapMean(values, { block: 20 })).toBeNull();
  const shifted = bootstrapMean(values.map((x) => x + 10));
  expect(shifted && excludes(shifted)).toBe(true);
});

test('pairs without a value are left out; blocks keep the order', () => {
  expect(differences([3, Number.NaN, 1], [1, 1, 2])).toEqual([2, -1]);
  expect(blockMeans([1, 3, 5, 7, 100], 2)).toEqual([2, 6]);
});

test('Theil-Sen: an outlier does not move an exact line', () => {
  const x = Array.from({ length: 20 }, (_, i) => i);
  const y = x.map((i) => (i === 7 ? 1e6 : 2 + 0.5 * i));
  const slope = theilSen(x, y);
  expect(slope).toMatchObject({ value: 0.5, low: 0.5, high: 0.5, intercept: 2 });
  expect(theilSen([1, 1, 1, 1, 1, 1, 1, 1], [1, 2, 3, 4, 5, 6, 7, 8])).toBeNull();
  expect(theilSen([1, 2], [1, 2])).toBeNull();
});
