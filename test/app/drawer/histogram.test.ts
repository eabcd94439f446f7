import { expect, test } from 'vitest';
import { BINS, edge, histogram } from '../../../app/drawer/histogram';

test('five bins to a decade, from 10⁻⁴ to 10 nats', () => {
  expect(BINS).toBe(25);
  expect(edge(0)).toBe(1e-4);
  expect(edge(5)).toBeCloseTo(1e-3, 12);
  expect(edge(25)).toBeCloseTo(10, 9);
});

test('counts steps at and between edges, exact zeros in the first bin, what is too large in the last', () => {
  const counts = histogram([0, 5e-5, 1e-4, 1e-3, 0.0999, 0.1, 50, Number.NaN], 0, 8);
  expect(counts[0]).toBe(3);
  expect(counts[5]).toBe(1);
  expect(counts[14]).toBe(1);
  expect(counts[15]).toBe(1);
  expect(counts[24]).toBe(1);
  expect(counts.reduce((a, b) => a + b)).toBe(7);
});

test('only the steps asked for', () => {
  expect(histogram([1, 1, 0.01, 0.01], 1, 3).filter((n) => n > 0)).toEqual([1, 1]);
});
