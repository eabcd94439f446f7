import { expect, test } from 'vitest';
import { attentionDomain, divergingStep, isClipped, magnitudeStep, variationDomain } from '../../../app/draw/ramp';

test('below the floor a cell is blank, at the floor it is the palest step', () => {
  expect(magnitudeStep(0, variationDomain)).toBe(0);
  expect(magnitudeStep(0.00099, variationDomain)).toBe(0);
  expect(magnitudeStep(0.001, variationDomain)).toBe(1);
  expect(magnitudeStep(Number.NaN, variationDomain)).toBe(0);
});

test('the log domain splits into eight equal steps', () => {
  for (let step = 1; step <= 8; step++) {
    expect(magnitudeStep(1.0001 * 10 ** (-4 + (step - 1) / 2), attentionDomain)).toBe(step);
  }
  expect(magnitudeStep(1, attentionDomain)).toBe(8);
  expect(magnitudeStep(3, attentionDomain)).toBe(8);
});

test('a rate of zero is blank on a linear domain', () => {
  const rate = { floor: 0, top: 1, kind: 'linear' } as const;
  expect(magnitudeStep(0, rate)).toBe(0);
  expect(magnitudeStep(1 / 16, rate)).toBe(1);
  expect(magnitudeStep(1, rate)).toBe(8);
});

test('differences are symmetric, five is no difference, the ends are reached at the limit', () => {
  expect(divergingStep(0)).toBe(5);
  expect(divergingStep(0.0001)).toBe(5);
  for (const v of [0.003, 0.02, 0.07, 0.25, 0.9]) expect(divergingStep(v) - 5).toBe(5 - divergingStep(-v));
  expect(divergingStep(0.25)).toBe(9);
  expect(divergingStep(-0.25)).toBe(1);
  expect(isClipped(0.25)).toBe(false);
  expect(isClipped(-0.26)).toBe(true);
});
