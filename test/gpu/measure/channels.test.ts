import { expect, test } from 'vitest';
import { channelSpread, kurtosis } from '../../../gpu/measure/channels';
import { normalArray } from '../../fixtures/random';

test('kurtosis by hand, of a normal and of a spike', () => {
  // -1, 0, 1: mean square 2/3, mean fourth 2/3.
  expect(kurtosis([-1, 0, 1])).toBeCloseTo(2 / 3 / (4 / 9), 12);
  expect(kurtosis([5, 5, 5])).toBe(0);
  // Standard error sqrt(24 / n) = 0.022.
  expect(Math.abs(kurtosis(normalArray(1, 'x', 50_000, 2, 7)) - 3)).toBeLessThan(0.1);
  expect(kurtosis([0, 0, 0, 0, 0, 0, 0, 0, 0, 1])).toBeCloseTo(8.111, 3);
});

test('outlier channels and norms of a small matrix', () => {
  // Largest by channel: 1, 2, 20, 1.5 -> median 1.75; only 20 exceeds 6 x 1.75.
  const spread = channelSpread(Float32Array.from([1, -2, 3, 0, -1, 1, -20, 1.5]), 4);
  expect(spread.outliers).toBe(1 / 4);
  expect(spread.worst).toBeCloseTo(20 / 1.75, 12);
  expect(spread.frobenius).toBeCloseTo(Math.sqrt(1 + 4 + 9 + 1 + 1 + 400 + 2.25), 6);
  expect(channelSpread(Float32Array.from([3, 0, 0, 4]), 2).spectral).toBeCloseTo(4, 6);
  expect(channelSpread(new Float32Array(8), 4)).toEqual({
    spectral: 0,
    frobenius: 0,
    kurtosis: 0,
    outliers: 0,
    worst: 0,
  });
});
