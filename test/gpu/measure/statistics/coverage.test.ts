import { expect, test } from 'vitest';
import { blockLength, bootstrapMean } from '../../../../gpu/measure/statistics/bootstrap';
import type { Interval } from '../../../../gpu/measure/statistics/interval';
import { signTest } from '../../../../gpu/measure/statistics/sign-test';
import { theilSen } from '../../../../gpu/measure/statistics/theil-sen';
import { wilson } from '../../../../gpu/measure/statistics/wilson';
import { normals } from '../../../fixtures/random';

/** Coverage of a 95 % interval over 2,000 draws has a standard error of 0.5 points; 2 points are allowed. */
const DRAWS = 2000;
const next = normals(20, 'coverage');

function coverage(truth: number, draw: () => Interval | null): number {
  let inside = 0;
  for (let i = 0; i < DRAWS; i++) {
    const of = draw();
    if (of && of.low <= truth && truth <= of.high) inside++;
  }
  return inside / DRAWS;
}

/** AR(1) with unit variance around 0. */
function series(n: number, correlation: number): number[] {
  const values = [next()];
  while (values.length < n)
    values.push(correlation * values[values.length - 1] + Math.sqrt(1 - correlation ** 2) * next());
  return values;
}

const within = (share: number) => {
  expect(share).toBeGreaterThan(0.93);
  expect(share).toBeLessThan(0.97);
};

test('paired bootstrap covers: normal differences', () => {
  within(
    coverage(0.3, () =>
      bootstrapMean(
        Array.from({ length: 60 }, () => 0.3 + next()),
        { resamples: 500 },
      ),
    ),
  );
});

test('paired bootstrap covers: right and wrong answers, differences of -1, 0 and 1', () => {
  const answer = () => (next() > 0.5 ? 1 : 0) - (next() > 0.8 ? 1 : 0);
  const truth = 0.30853754 - 0.2118554;
  within(coverage(truth, () => bootstrapMean(Array.from({ length: 100 }, answer), { resamples: 500 })));
});

test('moving blocks cover a series of correlated steps; single steps do not', () => {
  const n = 192;
  within(coverage(0, () => bootstrapMean(series(n, 0.3), { block: blockLength(n), resamples: 500 })));
  expect(coverage(0, () => bootstrapMean(series(n, 0.5), { resamples: 200 }))).toBeLessThan(0.8);
});

test('Wilson covers, on average over shares', () => {
  const shares = [0.15, 0.5, 0.82];
  const means = shares.map((share) =>
    coverage(share, () => {
      let hits = 0;
      for (let i = 0; i < 50; i++) if (uniform() < share) hits++;
      return wilson(hits, 50);
    }),
  );
  within(means.reduce((a, b) => a + b) / means.length);
});

test('Theil-Sen covers, with independent and with correlated residuals', () => {
  const x = Array.from({ length: 64 }, (_, i) => i);
  const line = (rest: number[]) => rest.map((e, i) => 0.01 * i + e);
  within(coverage(0.01, () => theilSen(x, line(series(64, 0)), { independent: true })));
  within(coverage(0.01, () => theilSen(x, line(series(64, 0.3)))));
});

test('the sign test refuses a true null at most as often as it says', () => {
  let refused = 0;
  for (let i = 0; i < DRAWS; i++) if (signTest(series(40, 0)).p < 0.05) refused++;
  expect(refused / DRAWS).toBeLessThan(0.05 + 0.015);
  expect(refused / DRAWS).toBeGreaterThan(0.02);
});

/** The normal distribution function of a normal number is uniform; two of them by Box-Muller's angle. */
function uniform(): number {
  return (Math.atan2(next(), next()) + Math.PI) / (2 * Math.PI);
}
