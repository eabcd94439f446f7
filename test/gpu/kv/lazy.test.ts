import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { LazySettings } from '../../../gpu/kv/lazy';
import { isLazy, isTooShort, lazyShare, scaledRecent } from '../../../gpu/kv/lazy';
import { hasShared, shared } from '../../setup/env';
import { cached, kept } from './evict/cached';

const settings: LazySettings = { tau: 0.5, sinks: 1, recent: 2 };

test('S: first and newest keys, averaged over heads; the own column counts', () => {
  const rows = [
    [0.25, 0.25, 0, 0.25, 0.25],
    [0.5, 0, 0.5, 0, 0],
  ];
  // Heads 0.75 and 0.5.
  expect(lazyShare(rows, 2, settings)).toBe(0.625);
  expect(lazyShare([[0.75, 0.25, 0.5, 0.25, 0.25]], 2, settings)).toBe(0.625);
});

test('with too few keys no layer is asked', () => {
  expect(isTooShort(4, settings)).toBe(true);
  expect(isTooShort(5, settings)).toBe(false);
  expect(lazyShare([[1, 0, 0, 0]], 1, settings)).toBeNull();
  expect(isLazy(null, 0, 4, settings)).toBe(false);
});

test('lazy above the threshold, never at it; the last layer may be protected', () => {
  expect(isLazy(0.5, 0, 4, settings)).toBe(false);
  expect(isLazy(0.51, 3, 4, settings)).toBe(true);
  expect(isLazy(0.51, 3, 4, { ...settings, protectLast: true })).toBe(false);
  expect(isLazy(0.51, 2, 4, { ...settings, protectLast: true })).toBe(true);
});

test('a lazy layer keeps first and newest rows, the current one included, once for all heads', () => {
  const sums = [[0.5, 0.1, 0.2, 0.1, 0.1]];
  expect(kept('simlayerkv', cached(5, 1, { sums }), { tau: 0.6, sinks: 1, recent: 2 })).toEqual([[0, 3, 4]]);
  expect(kept('simlayerkv', cached(5, 1, { sums }), { tau: 0.7, sinks: 1, recent: 2 })).toBeNull();
});

test('the last 32 prompt queries together give one S', () => {
  const sums = [Array.from({ length: 40 }, (_, j) => (j === 0 ? 24 : j >= 38 ? 2 : 4 / 37))];
  const words = { sinks: 1, recent: 2, probe: 'last32' };
  // (24 + 4) of 32.
  expect(kept('simlayerkv', cached(40, 1, { sums }), { ...words, tau: 0.87 })).toEqual([[0, 38, 39]]);
  expect(kept('simlayerkv', cached(40, 1, { sums }), { ...words, tau: 0.88 })).toBeNull();
});

test('scaled to a short prompt', () => {
  expect([scaledRecent(168), scaledRecent(400)]).toEqual([32, 50]);
});

const GOLDEN = 'golden/kld_b.json';

describe.skipIf(!hasShared(GOLDEN))('golden thresholds', () => {
  interface Row {
    system: string;
    cfg: { tau?: number; n_recent?: number };
    info: { S: (number | null)[]; lazy: number[] };
  }
  const rows: Row[] = hasShared(GOLDEN)
    ? JSON.parse(readFileSync(shared(GOLDEN), 'utf8')).texts.v3.systems.filter((row: Row) =>
        row.system.startsWith('simlayer'),
      )
    : [];

  test.each(rows.map((row) => [row.system, row] as const))('%s: the lazy layers follow from S', (_, row) => {
    const { S, lazy } = row.info;
    const asked = { tau: row.cfg.tau ?? 0.9, sinks: 4, recent: row.cfg.n_recent ?? 1024 };
    expect(S.every((share) => (share === null) === isTooShort(169, asked))).toBe(true);
    expect(S.flatMap((share, layer) => (isLazy(share, layer, S.length, asked) ? [layer] : []))).toEqual(lazy);
  });
});
