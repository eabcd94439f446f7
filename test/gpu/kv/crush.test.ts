import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { BlockScores, BlockSettings } from '../../../gpu/kv/crush-blocks';
import { addRow, anchorOf, hamming, keepBlocks } from '../../../gpu/kv/crush-blocks';
import { keepByHeads } from '../../../gpu/kv/crush-heads';
import { settingsOf } from '../../../gpu/kv/evict';
import { evictorOf } from '../../../gpu/kv/evictors';
import { hasShared, shared } from '../../setup/env';
import { cached } from './evict/cached';

const none = () => 0;
const plain: BlockSettings = { start: 2, recent: 2, evictable: 4, block: 2, budget: 0, anchor: 'ones' };
const counted = (sums: number[]): BlockScores => ({ sums, counts: sums.map(() => 1) });

test('rows: pooled over seven neighbours, counted by the queries that could see them', () => {
  const scores: BlockScores = { sums: [], counts: [] };
  addRow(scores, [0, 0, 0, 0, 4, 0, 0, 0, 0], (row) => Math.min(8, 9 - row));
  expect(scores.sums).toEqual([0, 4, 4, 4, 4, 4, 4, 4, 0]);
  expect(scores.counts).toEqual([8, 8, 7, 6, 5, 4, 3, 2, 1]);
  addRow(scores, [1, 0, 0, 0, 0, 0, 0, 0, 0, 1], () => 1);
  expect(scores.sums).toEqual([1, 5, 5, 5, 4, 4, 5, 5, 1, 1]);
  expect(scores.counts.at(-1)).toBe(1);
});

test('the blocks with the lowest mean attention leave, the areas stay', () => {
  // Blocks of 2: start | 3, 1, 2, 9 | recent; two of the four may stay.
  const scores = counted([0, 0, 2, 1, 1, 0, 1, 1, 5, 4, 0, 0]);
  expect(keepBlocks(scores, plain, none)).toEqual([0, 1, 2, 3, 8, 9, 10, 11]);
  // An unfinished block belongs to the recent area, so one more is evictable.
  expect(keepBlocks(counted([...scores.sums, 0]), { ...plain, recent: 4 }, none)).toEqual([
    0, 1, 2, 3, 8, 9, 10, 11, 12,
  ]);
  expect(keepBlocks(counted([0, 0, 2, 1, 1, 0, 0, 0]), plain, none)).toBeNull();
});

test('a token that few queries could see is judged by its mean', () => {
  const scores = { sums: [0, 0, 4, 4, 4, 4, 2, 2, 0, 0], counts: [8, 8, 8, 8, 4, 4, 1, 1, 1, 1] };
  expect(keepBlocks(scores, plain, none)).toEqual([0, 1, 4, 5, 6, 7, 8, 9]);
});

test('anchors and distance', () => {
  const patterns = [
    [1, 1, 0],
    [1, 0, 0],
    [0, 0, 1],
    [1, 0, 0],
  ];
  expect(anchorOf('mean', patterns, 3, none)).toEqual([1, 0, 0]);
  expect(anchorOf('alternating', [], 4, none)).toEqual([0, 1, 0, 1]);
  const draws = [0.2, 0.5, 0.9];
  expect(anchorOf('random', [], 3, () => draws.shift()!)).toEqual([0, 1, 1]);
  expect(hamming([1, 1, 0], [1, 0, 1])).toBe(2);
});

test('evicted blocks come back at even steps of the distance order', () => {
  // Six evictable blocks, none may stay. The upper half of their tokens by sum, marked 1: 11 10 00 01 11 00.
  const sums = [0, 0, 9, 8, 7, 1, 0, 1, 2, 6, 9, 8, 1, 0, 0, 0];
  const settings = { ...plain, evictable: 0, budget: 2 };
  // From 11: blocks 0, 4 (0), then 1, 3 (1), then 2, 5 (2); every third of six: 0 and 3... in that order, positions 0 and 3.
  expect(keepBlocks(counted(sums), settings, none)).toEqual([0, 1, 2, 3, 8, 9, 14, 15]);
  // From 00: 2, 5, 1, 3, 0, 4.
  expect(keepBlocks(counted(sums), { ...settings, anchor: 'zeros' }, none)).toEqual([0, 1, 6, 7, 8, 9, 14, 15]);
  // Fewer leave than would come back: plain eviction.
  expect(keepBlocks(counted(sums), { ...settings, evictable: 10, budget: 2 }, none)).toHaveLength(14);
});

test('all that leave come back: nothing leaves', () => {
  expect(keepBlocks(counted([0, 0, 1, 1, 0, 0, 2, 2]), { ...plain, evictable: 2, budget: 1 }, none)).toBeNull();
});

test('paper form: sinks, best tokens, and representatives over the patterns of the heads', () => {
  // 16 window tokens, 8 before them. Room 5 of cap 21: 1 sink, 3 best, 1 representative (floor(.25 * 5)).
  const window = new Array<number>(16).fill(0);
  const sums = [
    [0, 9, 0, 8, 3, 2, 1, 0, ...window],
    [0, 0, 9, 0, 0, 2, 3, 4, ...window],
  ];
  const settings = { cap: 21, sinks: 1, representatives: 0.25, anchor: 'ones' } as const;
  const tail = Array.from({ length: 16 }, (_, i) => 8 + i);
  // Sums 0 9 9 8 3 4 4 4: best 1, 2, 3. Both heads want 5 and 6 of the others: distance 0, the earlier comes first.
  expect(keepByHeads(sums, settings, none)).toEqual([0, 1, 2, 3, 5, ...tail]);
  expect(keepByHeads(sums, { ...settings, representatives: 0 }, none)).toEqual([0, 1, 2, 3, 5, ...tail]);
  expect(keepByHeads(sums, { ...settings, cap: 24 }, none)).toBeNull();
});

const GOLDEN = 'golden/kld_b.json';

describe.skipIf(!hasShared(GOLDEN))('golden block schedules', () => {
  interface Row {
    system: string;
    cfg: { start?: number; recent?: number; evictable?: number; block?: number; budget?: number; anchor?: string };
    info: { evictions_L0: [number, number, number][] };
  }
  const rows: Row[] = hasShared(GOLDEN)
    ? JSON.parse(readFileSync(shared(GOLDEN), 'utf8')).texts.v3.systems.filter((row: Row) =>
        row.system.startsWith('crush-ov'),
      )
    : [];

  /** When and how much does not depend on the attention. */
  test.each(rows.map((row) => [row.system, row] as const))('%s: how many leave, and when', (_, { cfg, info }) => {
    const evictor = evictorOf('kvcrush');
    const settings = settingsOf(evictor, cfg);
    const memory = evictor.start!(settings, none);
    const evictions: number[][] = [];
    let held = Array.from({ length: 168 }, (_, j) => j);
    for (let tokens = 168; tokens <= 336; tokens++) {
      if (tokens > 168) held.push(tokens - 1);
      const sums = [held.map((j) => 1 + Math.sin(j * 1.7 + tokens))];
      const kept = evictor.decide(cached(tokens, 1, { held: [held], sums }), settings, memory);
      if (!kept) continue;
      evictions.push([tokens, held.length - kept[0].length, kept[0].length]);
      held = [...kept[0]];
    }
    expect(evictions).toEqual(info.evictions_L0);
  });
});
