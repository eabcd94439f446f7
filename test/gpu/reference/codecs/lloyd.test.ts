import { describe, expect, test } from 'vitest';
import { borders, LEVELS } from '../../../../gpu/kv/lloyd-max';
import type { VectorRules } from '../../../../gpu/reference/codecs/lloyd';
import { decodeVector, encodeVector } from '../../../../gpu/reference/codecs/lloyd';
import { hadamard } from '../../../../gpu/reference/hadamard';
import { goldenTile } from '../../../fixtures/golden-tile';
import { normals } from '../../../fixtures/random';
import { holdError, holdTile, sideOf } from './golden';
import { goldenTiles, tilesHere } from './tiles';

const rules = (bits: number, more: Partial<VectorRules> = {}): VectorRules => ({
  bits,
  norm: 'raw',
  residual: 'none',
  meta: 'f16',
  ...more,
});
const rotated = (bits: number, own = {}) => sideOf('lloyd', bits, { transforms: ['hadamard'], own });

test.each([1, 2, 3, 4, 5])('%i bits: every level is the mean of its cell under N(0, 1)', (bits) => {
  const edges = [0, ...borders(bits), 9];
  for (const [i, level] of LEVELS[bits].entries()) {
    let [mass, moment] = [0, 0];
    const step = (edges[i + 1] - edges[i]) / 20_000;
    for (let n = 0; n < 20_000; n++) {
      const x = edges[i] + (n + 0.5) * step;
      mass += Math.exp((-x * x) / 2);
      moment += x * Math.exp((-x * x) / 2);
    }
    expect(moment / mass).toBeCloseTo(level, 5);
  }
});

describe('by hand', () => {
  test('2 bits of (3, -4, 0, 12): length 13, borders 0 and +-0.9816 / 2', () => {
    const vector = encodeVector(Float32Array.of(3, -4, 0, 12), rules(2));
    expect([...vector.codes]).toEqual([2, 1, 1, 3]);
    expect(vector.length).toBe(13);
    const back = decodeVector(vector, rules(2));
    expect(back[0]).toBeCloseTo((13 * 0.45278) / 2, 5);
    expect(back[3]).toBeCloseTo((13 * 1.5104176) / 2, 5);
  });

  test('unit keeps the length, unbiased the product with itself', () => {
    const x = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i * i));
    const own = (norm: 'unit' | 'unbiased') => {
      const r = rules(2, { norm, meta: 'f32' });
      return decodeVector(encodeVector(x, r), r);
    };
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
    expect(dot(own('unit'), own('unit')) / dot(x, x)).toBeCloseTo(1, 5);
    expect(dot(own('unbiased'), x) / dot(x, x)).toBeCloseTo(1, 5);
  });

  test('a row of zeros comes back as next to nothing', () => {
    for (const norm of ['raw', 'unit', 'unbiased'] as const) {
      const r = rules(3, { norm, residual: 'coord' });
      for (const x of decodeVector(encodeVector(new Float32Array(64), r), r)) expect(Math.abs(x)).toBeLessThan(2e-3);
    }
  });
});

describe.skipIf(!tilesHere)('golden tile', () => {
  test.each([1, 2, 3, 4])('lloyd b%i', (bits) => {
    const name = `lloyd b${bits} raw norm f16 (TurboQuant MSE)`;
    holdTile(name, rotated(bits));
    const row = hadamard(goldenTile().subarray(0, 64).slice(), 64);
    expect([...encodeVector(row, rules(bits)).codes]).toEqual(goldenTiles[name].codes);
  });
  // Their decoder divides by the length of the coded direction, ours stores the quotient in FP16.
  test.each([3, 4])('vllm K b%i', (bits) => holdTile(`vllm tq K b${bits} nc`, rotated(bits, { norm: 'unit' }), 5e-4));
  test.each([3, 4])('vllm V b%i', (bits) => holdTile(`vllm tq V b${bits}`, sideOf('uniform', bits)));
  test('lmdeploy 42', () => {
    holdTile('lmdeploy 42 K', rotated(4, { residual: 'coord' }));
    holdTile('lmdeploy 42 V', rotated(2));
    const row = hadamard(goldenTile().subarray(0, 64).slice(), 64);
    const vector = encodeVector(row, rules(4, { residual: 'coord' }));
    expect([...vector.codes]).toEqual(goldenTiles['lmdeploy 42 K'].codes);
  });
  test('ort q4', () => holdTile('ort q4', rotated(4, { meta: 'f32' })));
});

describe('error on N(0, 1)', () => {
  test.each([
    ['raw', [0.3576, 0.1149, 0.0335, 0.00915, 0.00243]],
    ['unit', [0.397, 0.1168, 0.0328, 0.00885, 0.00234]],
  ])('%s', (norm, errors) => {
    for (const [i, want] of errors.entries()) holdError(sideOf('lloyd', i + 1, { own: { norm } }), want);
  });
  test('LMDeploy 42', () => {
    holdError(sideOf('lloyd', 4, { own: { residual: 'coord' } }), 0.0124);
    holdError(sideOf('lloyd', 4, { own: { residual: 'coord' } }), 0.0128, 128);
    holdError(sideOf('lloyd', 2), 0.116, 128);
  });
});

describe('inner products with queries of N(0, 1)', () => {
  /** Mean squared error over mean square, and the slope of the coded product over the true one. */
  function products(bits: number, own: Partial<VectorRules>): [number, number] {
    const next = normals(5, 'products');
    const [n, r] = [64, rules(bits, own)];
    let [error, power, both] = [0, 0, 0];
    for (let pair = 0; pair < 1500; pair++) {
      const [q, x] = [Float32Array.from({ length: n }, next), Float32Array.from({ length: n }, next)];
      const back = decodeVector(encodeVector(x, r), r);
      let [want, got] = [0, 0];
      for (let i = 0; i < n; i++) {
        want += q[i] * x[i];
        got += q[i] * back[i];
      }
      error += (got - want) ** 2;
      power += want * want;
      both += got * want;
    }
    return [error / power, both / power];
  }
  test.each([
    [2, 0.59],
    [3, 0.18],
    [4, 0.057],
  ])('sketched residual at %i bits: error %d, slope 1', (bits, want) => {
    const [error, slope] = products(bits, { residual: 'qjl' });
    expect(error / want).toBeGreaterThan(0.85);
    expect(error / want).toBeLessThan(1.15);
    expect(Math.abs(slope - 1)).toBeLessThan(0.06);
  });
  test('raw lengths at 2 bits shrink products by a tenth', () => {
    const [error, slope] = products(2, {});
    expect(Math.abs(error / 0.115 - 1)).toBeLessThan(0.1);
    expect(Math.abs(slope / 0.89 - 1)).toBeLessThan(0.03);
  });
});
