import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { TokenClasses } from '../../../gpu/kv/saliency';
import { drawProbes, saliency, splitClasses } from '../../../gpu/kv/saliency';
import { roundF16 } from '../../../gpu/load/f16';
import { softmax } from '../../../gpu/reference/math';
import { hasShared, shared } from '../../setup/env';

const GOLDEN = 'golden/systems_small.json';
const [HEADS, TOKENS, D] = [2, 96, 64];

/** Keys of the golden tensor: [head][token][channel]. */
const key = (h: number, t: number, d: number) => {
  const wave = (2 + h) * Math.sin(0.7 * t + 1.3 * d + 2.1 * h) * (1 + 0.5 * Math.cos(0.37 * d));
  return roundF16(wave + (d === 3 ? 6 : d === 17 ? -4 : 0));
};
const keys = Array.from({ length: HEADS }, (_, h) =>
  Array.from({ length: TOKENS }, (_, t) => Float64Array.from({ length: D }, (_, d) => key(h, t, d))),
);

/** Column sums of one KV head over all queries of its two query heads, which are alike: q = .05 cos t in every channel. */
function columnSums(head: number): Float64Array {
  const sums = new Float64Array(TOKENS);
  for (let t = 0; t < TOKENS; t++) {
    const logits = keys[head]
      .slice(0, t + 1)
      .map((row) => (row.reduce((sum, x) => sum + x, 0) * 0.05 * Math.cos(t)) / 8);
    softmax(Float64Array.from(logits)).forEach((p, j) => {
      sums[j] += 2 * p;
    });
  }
  return sums;
}

/** A channel's values of one class through b bits: smallest value and step in FP16. */
function through(values: number[], bits: number): number[] {
  const low = Math.min(...values);
  const step = roundF16((Math.max(...values) - low) / (2 ** bits - 1));
  const min = roundF16(low);
  return values.map((x) => {
    const at = (x - min) / step;
    const even = Math.abs(at - Math.trunc(at)) === 0.5 ? 2 * Math.round(at / 2) : Math.round(at);
    return Math.min(2 ** bits - 1, Math.max(0, even)) * step + min;
  });
}

describe.skipIf(!hasShared(GOLDEN))('classes of the golden tensor, seen through what their codes lose', () => {
  const golden = hasShared(GOLDEN) ? JSON.parse(readFileSync(shared(GOLDEN), 'utf8')).codecs : {};

  const given: TokenClasses = { low: [], high: [] };
  for (let t = 0; t < TOKENS; t++) (t % 5 < 2 ? given.low : given.high).push(t);
  const probes = drawProbes(TOKENS, { probes: 'all', recentShare: 0.05, randomShare: 0.05 }, () => 0);
  const found = (head: number) => splitClasses(saliency(columnSums(head), probes, 'probeNnz'), 0.4);

  test.each([
    ['zipcache_T96_classes_given', () => given],
    ['zipcache_T96_allprobes_nnz', found],
  ])('%s', (name, classesOf) => {
    const want = golden[name];
    let [error, energy, total] = [0, 0, 0];
    const samples: Record<string, number> = {};
    for (let h = 0; h < HEADS; h++) {
      const { low, high } = classesOf(h);
      if (want.n_lo_per_head) expect(low.length).toBe(want.n_lo_per_head);
      for (let d = 0; d < D; d++) {
        for (const [tokens, bits] of [
          [low, 2],
          [high, 4],
        ] as const) {
          const values = tokens.map((t) => keys[h][t][d]);
          through(values, bits).forEach((back, i) => {
            error += (values[i] - back) ** 2;
            energy += values[i] ** 2;
            total += back;
            samples[`${h},${tokens[i]},${d}`] = back;
          });
        }
      }
    }
    for (const [at, value] of Object.entries<number>(want.k.sample)) expect(samples[at]).toBeCloseTo(value, 4);
    expect(error / energy / want.k.nmse).toBeCloseTo(1, 5);
    expect(Math.abs(total - want.k.sum)).toBeLessThan(0.01);
  });
});
