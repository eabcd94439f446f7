import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ProbeSettings, Probes } from '../../../gpu/kv/saliency';
import { bySaliency, drawProbes, recompresses, saliency, splitClasses, splitNewest } from '../../../gpu/kv/saliency';
import { hasShared, shared } from '../../setup/env';

const sampled: ProbeSettings = { probes: 'sampled', recentShare: 0.05, randomShare: 0.05 };

test('probes: the last rows and as many draws as the share says, with replacement', () => {
  const draws = [0, 0.999, 0];
  const probes = drawProbes(60, sampled, () => draws.shift()!);
  expect([probes.random, probes.recent]).toEqual([3, 3]);
  const weights = [...probes.weights];
  expect(weights[0]).toBe(2);
  expect(weights[56]).toBe(1);
  expect(weights.slice(57)).toEqual([1, 1, 1]);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(6);
});

test('a prompt below 20 tokens has no draws, but always a last row', () => {
  expect(drawProbes(19, sampled, () => 0)).toMatchObject({ random: 0, recent: 1 });
  expect(drawProbes(1, sampled, () => 0)).toMatchObject({ random: 0, recent: 1 });
});

test('norms: by all queries that see the key, by the probes that do, or not', () => {
  const probes: Probes = { weights: Float32Array.of(0, 2, 0, 1), random: 2, recent: 1 };
  const sums = [3, 1.5, 0.25, 0.25];
  expect([...saliency(sums, probes, 'code')]).toEqual([0.75, 0.5, 0.125, 0.25]);
  expect([...saliency(sums, probes, 'probeNnz')]).toEqual([1, 0.5, 0.25, 0.25]);
  expect([...saliency(sums, probes, 'none')]).toEqual(sums);
  const unseen: Probes = { weights: Float32Array.of(1, 0), random: 1, recent: 0 };
  expect([...saliency([1, 0], unseen, 'probeNnz')]).toEqual([1, 0]);
});

test('classes: the lowest 40 percent, of equal ones the earlier', () => {
  expect(splitClasses([5, 1, 1, 4, 1, 9], 0.4)).toEqual({ low: [1, 2], high: [0, 3, 4, 5] });
  expect(splitClasses([5, 1, 1, 4, 1], 0)).toEqual({ low: [], high: [0, 1, 2, 3, 4] });
  expect(bySaliency([5, 1, 1, 0])).toEqual([3, 1, 2, 0]);
});

test('recompression: after every gap-th token, classes from the current row over the new keys', () => {
  expect([0, 99, 100, 101, 200].map((decoded) => recompresses(decoded, 100))).toEqual([
    false,
    false,
    true,
    false,
    true,
  ]);
  expect(splitNewest([0, 0, 0, 5, 1, 3, 2, 4], 5, 0.4)).toEqual({ low: [1, 3], high: [0, 2, 4] });
});

const GOLDEN = 'golden/kld_b.json';

describe.skipIf(!hasShared(GOLDEN))('golden schedules', () => {
  interface Row {
    system: string;
    cfg: { gap?: number; probes?: 'all' };
    info: { probe_rows: number[]; recompress_at_T: number[] };
  }
  const rows: Row[] = hasShared(GOLDEN)
    ? JSON.parse(readFileSync(shared(GOLDEN), 'utf8')).texts.v3.systems.filter((row: Row) =>
        row.system.startsWith('zipcache'),
      )
    : [];

  test.each(rows.map((row) => [row.system, row] as const))('%s', (_, { cfg, info }) => {
    const probes = drawProbes(168, { ...sampled, probes: cfg.probes ?? 'sampled' }, () => 0.5);
    expect([probes.random, probes.recent]).toEqual(info.probe_rows);
    const times = Array.from({ length: 168 }, (_, i) => i + 1).filter((decoded) =>
      recompresses(decoded, cfg.gap ?? 100),
    );
    expect(times.map((decoded) => 168 + decoded)).toEqual(info.recompress_at_T);
  });
});
