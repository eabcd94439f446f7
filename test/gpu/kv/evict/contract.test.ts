import { describe, expect, test } from 'vitest';
import type { Cached } from '../../../../gpu/kv/evict';
import { evict, settingsOf, statisticsBytes } from '../../../../gpu/kv/evict';
import { scorers } from '../../../../gpu/kv/evictors';

const TOKENS = 40;
const SHAPE = { heads: 4, kvHeads: 2, headDim: 8, rows: TOKENS, prompt: TOKENS };
/** Small values for the words that decide how much stays. */
const SMALL = { cap: 12, ratio: 0.5, window: 4, sinks: 2, recent: 6, heavy: 5, lag: 8, kernel: 3, tau: 0.3 };

const wave = (length: number, seed: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * 0.7 + seed));

/** What the scorer asked for, filled with waves; nothing else. */
function world(id: string): { input: Cached; settings: ReturnType<typeof settingsOf> } {
  const scorer = scorers.find((candidate) => candidate.id === id)!;
  const settings = settingsOf(scorer, SMALL);
  const needs = scorer.needs(settings);
  const { heads, kvHeads, headDim } = SHAPE;
  const lists = needs.attention?.heads === 'query' ? heads : kvHeads;
  const input: Cached = {
    layer: 1,
    layers: 4,
    headDim,
    kvHeads,
    heads,
    tokens: TOKENS,
    held: Array.from({ length: kvHeads }, () => Array.from({ length: TOKENS }, (_, j) => j)),
  };
  if (needs.attention) input.sums = Array.from({ length: lists }, (_, head) => wave(TOKENS, head).map(Math.abs));
  if (needs.keys) input.keys = wave(TOKENS * kvHeads * headDim, 5);
  if (needs.values) input.values = wave(TOKENS * kvHeads * headDim, 6);
  if (needs.queries) {
    input.queries = wave(TOKENS * heads * headDim, 7);
    input.frequency = [1, 0.5, 0.25, 0.125];
  }
  return { input, settings };
}

describe.each(scorers.map((scorer) => scorer.id))('%s', (id) => {
  const scorer = scorers.find((candidate) => candidate.id === id)!;

  test('is called as its file is, and says what its settings are', async () => {
    const files = Object.keys(import.meta.glob('../../../../gpu/kv/evict/*.ts'));
    expect(files.some((file) => file.endsWith(`/${id}.ts`))).toBe(true);
    for (const param of scorer.params) expect(param.text.length).toBeGreaterThan(20);
  });

  test('one finite score per held row', () => {
    const { input, settings } = world(id);
    const scores = scorer.score(input, settings);
    expect([1, SHAPE.kvHeads]).toContain(scores.length);
    for (const row of scores) {
      expect(row.length).toBe(TOKENS);
      expect(Array.from(row).every(Number.isFinite)).toBe(true);
    }
  });

  test('keeps what its plan says: held positions, ascending, forced ones among them', () => {
    const { input, settings } = world(id);
    const plan = scorer.plan(input, settings)!;
    const kept = evict(scorer, input, settings)!;
    const total = kept.reduce((sum, rows) => sum + rows.length, 0);
    expect(total).toBe(Math.max(plan.keep, plan.first + plan.last) * kept.length);
    for (const rows of kept) {
      expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b));
      for (let j = 0; j < plan.first; j++) expect(rows).toContain(j);
      for (let j = TOKENS - plan.last; j < TOKENS; j++) expect(rows).toContain(j);
    }
  });

  test('drops nothing from a cache that holds no more than the plan', () => {
    const { input, settings } = world(id);
    const few = { ...input, tokens: 6, held: input.held.map((rows) => Array.from(rows).slice(0, 6)) };
    const sums = input.sums?.map((row) => Array.from(row).slice(0, 6));
    expect(evict(scorer, { ...few, sums }, { ...settings, cap: 6 })).toBeNull();
  });

  test('reads only; the same input gives the same rows', () => {
    const { input, settings } = world(id);
    const before = JSON.stringify(input);
    expect(evict(scorer, input, settings)).toEqual(evict(scorer, input, settings));
    expect(JSON.stringify(input)).toBe(before);
  });

  test('instrumentation bytes are those of what it needs', () => {
    const needs = scorer.needs(settingsOf(scorer));
    const columns = needs.attention ? (needs.attention.heads === 'kv' ? 2 : 4) * TOKENS : 0;
    expect(statisticsBytes(needs, SHAPE)).toBe(4 * (columns + (needs.queries ? TOKENS * 4 * 8 : 0)));
  });
});
