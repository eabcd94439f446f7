import { expect, test } from 'vitest';
import type { CacheRow, WeightRow } from '../../../gpu/lab/experiments/mechanism';
import { findings, says } from '../../../gpu/lab/mechanism/claim';

const LAYERS = Array.from({ length: 12 }, (_, l) => l);
const weights = (k: (l: number) => number) =>
  LAYERS.map((layer) => ({ layer, kSpectral: k(layer), vSpectral: 1, kFrobenius: 1, vFrobenius: 2 }) as WeightRow);
const caches = (kError: (l: number) => number) =>
  LAYERS.map((layer) => ({ layer, kError: kError(layer), vError: 0.1, kSpectral: 3, vSpectral: 1 }) as CacheRow);

test('norms that order the layers as their errors do', () => {
  const [spectral, frobenius, cached] = findings(
    weights((l) => 2 + l),
    caches((l) => 0.2 + l / 10),
  );
  expect(spectral).toMatchObject({ n: 12, larger: 12, errsMore: 12, rho: 1 });
  expect(spectral.p).toBeLessThan(0.001);
  expect(spectral.largerP).toBeCloseTo(2 / 2 ** 12, 10);
  // The same ratio in every layer orders nothing.
  expect(frobenius).toMatchObject({ larger: 0, rho: 0, p: 1 });
  expect(cached).toMatchObject({ larger: 12, rho: 0 });
});

test('the other way round', () => {
  const [spectral] = findings(
    weights((l) => 2 + l),
    caches((l) => 0.05 / (1 + l)),
  );
  expect(spectral).toMatchObject({ larger: 12, errsMore: 0, rho: -1 });
});

test('what a number says at 5 %', () => {
  expect([says(0.4, 0.01), says(-0.4, 0.01), says(0.4, 0.05)]).toEqual(['yes', 'opposite', 'no']);
});
