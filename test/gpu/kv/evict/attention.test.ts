import { describe, expect, test } from 'vitest';
import { settingsOf } from '../../../../gpu/kv/evict';
import { evictorOf, scorers } from '../../../../gpu/kv/evictors';
import { pooled } from '../../../../gpu/kv/window-scores';
import { cached, kept, scores } from './cached';

test('streaming: first and newest, the same for all heads', () => {
  expect(kept('streaming', cached(10, 2), { sinks: 2, recent: 3 })).toEqual([[0, 1, 7, 8, 9]]);
  expect(kept('streaming', cached(5, 2), { sinks: 2, recent: 3 })).toBeNull();
  const later = cached(20, 1, { held: [[0, 1, 7, 8, 9, 19]] });
  expect(kept('streaming', later, { sinks: 2, recent: 3 })).toEqual([[0, 1, 8, 9, 19]]);
});

test('pooling: max looks past no end, avg counts zeros there', () => {
  expect([...pooled([1, 5, 2, 0], 3, 'max')]).toEqual([5, 5, 5, 2]);
  expect([...pooled([3, 6, 3, 0], 3, 'avg')]).toEqual([3, 4, 3, 1]);
});

describe('snapkv', () => {
  const sums = [
    [0, 0, 5, 0, 0, 0, 1, 9, 9],
    [4, 0, 0, 0, 0, 3, 0, 9, 9],
  ];
  const settings = { cap: 5, window: 2, kernel: 3 };

  test('per head, a vote takes its neighbours along; the window stays', () => {
    expect(kept('snapkv', cached(9, 2, { sums }), settings)).toEqual([
      [1, 2, 3, 7, 8],
      [0, 1, 4, 7, 8],
    ]);
    expect(kept('snapkv', cached(9, 2, { sums }), { ...settings, kernel: 1 })).toEqual([
      [0, 2, 6, 7, 8],
      [0, 1, 5, 7, 8],
    ]);
  });

  test('query heads that decide for themselves have lists of their own', () => {
    const votes = [
      [0, 4, 0, 0, 0, 0, 0, 9, 9],
      [0, 0, 0, 4, 0, 0, 0, 9, 9],
    ];
    const words = { ...settings, heads: 'query' };
    expect(evictorOf('snapkv').needs(settingsOf(evictorOf('snapkv'), words)).attention?.heads).toBe('query');
    expect(evictorOf('snapkv').byQuery?.(words)).toBe(true);
    expect(evictorOf('snapkv').byQuery?.(settings)).toBe(false);
    expect(kept('snapkv', cached(9, 1, { sums: votes, heads: 2 }), words)).toEqual([
      [0, 1, 2, 7, 8],
      [2, 3, 4, 7, 8],
    ]);
  });

  test('avg spreads a vote', () => {
    const one = [[0, 3, 0, 3, 0, 0, 0, 9, 9]];
    expect(scores('snapkv', cached(9, 1, { sums: one }), { ...settings, pool: 'avg' })).toEqual([
      [1, 1, 2, 1, 1, 0, 0, 0, 0],
    ]);
  });

  test('nothing leaves while the prompt fits; only the window is asked', () => {
    expect(kept('snapkv', cached(9, 2, { sums }), { ...settings, cap: 9 })).toBeNull();
    const needs = evictorOf('snapkv').needs(settingsOf(evictorOf('snapkv'), settings));
    expect([...needs.attention!.prompt(5)]).toEqual([0, 0, 0, 1, 1]);
  });
});

test('h2o: heavy older rows and the newest, from sums of all queries', () => {
  const sums = [
    [9, 1, 7, 2, 3, 0, 0],
    [1, 2, 2, 2, 9, 0, 0],
  ];
  expect(kept('h2o', cached(7, 2, { sums }), { heavy: 2, recent: 2 })).toEqual([
    [0, 2, 5, 6],
    [1, 4, 5, 6],
  ]);
  const later = cached(30, 1, { held: [[0, 2, 5, 6, 29]], sums: [[9, 7, 8, 0, 1]] });
  expect(kept('h2o', later, { heavy: 2, recent: 2 })).toEqual([[0, 5, 6, 29]]);
  expect(kept('h2o', cached(7, 2, { sums }))).toBeNull();
});

test('tova: the last row averaged over heads decides for all of them; the last token stays', () => {
  const sums = [
    [0.5, 0.1, 0.5, 0, 0],
    [0, 0.2, 0.1, 0.7, 0],
  ];
  expect(kept('tova', cached(5, 2, { sums }), { cap: 3 })).toEqual([[2, 3, 4]]);
  expect(kept('tova', cached(5, 2, { sums }), { ratio: 0.2 })).toEqual([[0, 2, 3, 4]]);
});

test('observed: a recent key with the same sum counts for more', () => {
  const sums = [[4, 3, 2, 1]];
  expect(scores('observed', cached(4, 1, { sums }))).toEqual([[1, 1, 1, 1]]);
  expect(kept('observed', cached(4, 1, { sums }), { ratio: 0.5 })).toEqual([[0, 1]]);
  expect(kept('observed', cached(4, 1, { sums: [[4, 3, 1, 1]] }), { cap: 3 })).toEqual([[0, 1, 3]]);
});

test('pyramid: budgets fall linearly with depth and have the capacity as their mean', () => {
  const scorer = scorers.find(({ id }) => id === 'pyramid')!;
  const settings = settingsOf(scorer, { cap: 30, window: 10, beta: 4 });
  const budgets = (tokens: number) =>
    [0, 1, 2].map((layer) => scorer.plan({ ...cached(tokens, 1), layer, layers: 3 }, settings)?.keep);
  // Beyond the window 20 on average: last layer 20 / 4 = 5, first 40 - 5 = 35.
  expect(budgets(100)).toEqual([45, 30, 15]);
  // Only 40 - 10 = 30 there for the first layer: the last one gets 40 - 30 = 10.
  expect(budgets(40)).toEqual([40, 30, 20]);
  expect(budgets(30)).toEqual([30, 30, 30]);
});

test('adakv: heads share one budget, each is sure of its safeguard', () => {
  const sums = [
    [5, 6, 7, 8, 9, 0],
    [1, 2, 3, 4, 0, 0],
  ];
  const settings = { cap: 3, window: 1, kernel: 1, alpha: 0.7 };
  // 2 * 3 rows; the window takes one of each head, the safeguard (floor 2.1 = 2) one more, the two best of the rest are in head 0.
  expect(kept('adakv', cached(6, 2, { sums }), settings)).toEqual([
    [2, 3, 4, 5],
    [3, 5],
  ]);
  expect(kept('adakv', cached(6, 2, { sums }), { ...settings, alpha: 1 })).toEqual([
    [3, 4, 5],
    [2, 3, 5],
  ]);
});
