import { expect, test } from 'vitest';
import { argmax, diverge, klDivergence, logSumExp } from '../../../gpu/measure/divergence';

test('two tokens by hand: p = (3/4, 1/4), q = (1/2, 1/2)', () => {
  const step = diverge([Math.log(3), 0], [5, 5], 1);
  expect(step.kl).toBeCloseTo(0.75 * Math.log(1.5) + 0.25 * Math.log(0.5), 14);
  expect(step.nll).toBeCloseTo(Math.log(2), 14);
  expect(step.nllBase).toBeCloseTo(Math.log(4), 14);
  expect(step.dp).toBeCloseTo(0.25, 14);
  expect(step).toMatchObject({ best: 0, bestBase: 0, sameTop: true });
});

test('equal rows give exactly 0; a shift of all logits nearly so', () => {
  const row = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 9);
  expect(klDivergence(row, row)).toBe(0);
  expect(
    klDivergence(
      row,
      row.map((x) => x + 4),
    ),
  ).toBeLessThan(1e-12);
});

test('tiny differences do not cancel: KL of a step e is e^2 p (1 - p) / 2', () => {
  const base = [0, 0];
  expect(klDivergence(base, [1e-6, 0]) / 1.25e-13).toBeCloseTo(1, 5);
});

test('very unlikely tokens neither overflow nor vanish', () => {
  expect(klDivergence([0, -2000], [-2000, 0])).toBeCloseTo(2000, 6);
  expect(klDivergence([0, Number.NEGATIVE_INFINITY], [0, 0])).toBeCloseTo(Math.log(2), 12);
});

test('without a next token its measures are NaN', () => {
  expect(diverge([1, 2], [1, 2]).nll).toBeNaN();
});

test('logSumExp of large logits, argmax of a tie', () => {
  expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.log(2), 12);
  expect(argmax([1, 3, 3, 2])).toBe(1);
});
