import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import codec, { throughClusters } from '../../../../gpu/reference/codecs/cluster';
import type { GoldenSample } from '../../../fixtures/golden-tensor';
import { asSample, GOLDEN_SHAPE, goldenTensor } from '../../../fixtures/golden-tensor';
import { hasShared, shared } from '../../../setup/env';
import { sideOf } from './golden';

const sideOfBits = (bits: number, own: Record<string, number | string> = {}) => sideOf('cluster', bits, { own });

describe('by hand', () => {
  const row = Float32Array.of(-1, 100, 0.3, 120, 2, 109);
  const clusters = [0, 1, 0, 1, 0, 1];

  test('two clusters at 2 bits without clip: steps 1 and 20/3, in e4m3 6.5', () => {
    const back = throughClusters(row, clusters, { bits: 2, clip: 1, meta: 'e4m3' });
    // Ends are found with the unrounded least value of 100, read with 96, its e4m3 neighbour of even fraction.
    expect([...back]).toEqual([-1, 96, 0, 96 + 3 * 6.5, 2, 96 + 6.5]);
  });

  test('FP16 keeps the least value', () => {
    expect([...throughClusters(row, clusters, { bits: 2, clip: 1, meta: 'f16' })].slice(0, 2)).toEqual([-1, 100]);
  });

  test('clip draws both ends towards zero, and 1.5 bits have a top of 2', () => {
    const back = throughClusters(Float32Array.of(-4, 4, 0.9, -1.1), [0, 0, 0, 0], {
      bits: 1.5,
      clip: 0.5,
      meta: 'f16',
    });
    expect([...back]).toEqual([-2, 2, 0, -2]);
  });

  test('equal values come back as the end of their range', () => {
    expect([...throughClusters(Float32Array.of(0, 0), [0, 0], { bits: 2, clip: 1, meta: 'e4m3' })]).toEqual([0, 0]);
  });
});

const isHere = hasShared('golden/systems_small.json');
const golden = isHere ? JSON.parse(readFileSync(shared('golden/systems_small.json'), 'utf8')).codecs : {};

/** 96 tokens, the first 5 and the last 16 exact; channels of even and of odd number are the two clusters. */
describe.skipIf(!isHere).each([
  ['skvq_k2v2_w16_clusters_parity', 2, 2],
  ['skvq_k2v1.5_w16_clusters_parity', 2, 1.5],
] as const)('golden %s', (name, k, v) => {
  test.each([
    ['k', k],
    ['v', v],
  ] as const)('%s at %f bits', (side, bits) => {
    const { heads, headDim } = GOLDEN_SHAPE;
    const width = heads * headDim;
    const rows = goldenTensor(side);
    const parity = new Uint32Array(Uint8Array.from({ length: width }, (_, i) => i % 2).buffer);
    const back = rows.slice();
    const coded = rows.subarray(5 * width, 80 * width);
    back.set(codec.through(coded, GOLDEN_SHAPE, sideOfBits(bits), parity), 5 * width);
    const want: GoldenSample = golden[name][side];
    const got = asSample(rows, back, want);
    expect(Math.abs(got.nmse / want.nmse - 1)).toBeLessThan(1e-3);
    for (const [key, value] of Object.entries(want.sample)) expect(got.sample[key], key).toBeCloseTo(value, 4);
    expect(Math.abs(got.sum - want.sum)).toBeLessThan(2);
  });
});
