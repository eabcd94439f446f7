import { describe, expect, test } from 'vitest';
import { checkRule, distribution, greedyToken, sample } from '../../../gpu/model/sample';
import type { DecodeRule } from '../../../gpu/run-types';
import { greedy } from '../../../gpu/run-types';

const rule = (changes: Partial<DecodeRule>): DecodeRule => ({ ...greedy, temperature: 1, ...changes });
/** Probabilities 0.4, 0.3, 0.2, 0.1 in another order of ids. */
const logits = [0.1, 0.4, 0.2, 0.3].map((p) => Math.log(p));
const round = (values: Float64Array) => [...values].map((x) => Math.round(x * 1e6) / 1e6);

test('greedy: the largest logit, the lowest id on a tie, at any step', () => {
  expect(sample([1, 5, 5, 2], greedy, 17)).toBe(1);
  expect(greedyToken(Float32Array.of(Number.NaN, 1, Number.NEGATIVE_INFINITY))).toBe(1);
});

test('a row without a finite logit is refused', () => {
  expect(() => sample([Number.NaN, Number.NaN], greedy, 0)).toThrow('no usable logits');
});

describe('distributions by hand', () => {
  const cases: [string, Partial<DecodeRule>, number[]][] = [
    ['temperature 1', {}, [0.1, 0.4, 0.2, 0.3]],
    ['temperature 1/2 squares', { temperature: 0.5 }, [0.033333, 0.533333, 0.133333, 0.3]],
    ['top-k 2', { topK: 2 }, [0, 0.571429, 0, 0.428571]],
    ['top-k above the vocabulary', { topK: 9 }, [0.1, 0.4, 0.2, 0.3]],
    ['top-p 0.6 needs two', { topP: 0.6 }, [0, 0.571429, 0, 0.428571]],
    ['top-p 0.71 needs three', { topP: 0.71 }, [0, 0.444444, 0.222222, 0.333333]],
    ['a tiny top-p keeps the best', { topP: 1e-9 }, [0, 1, 0, 0]],
    ['min-p 0.5 of the best', { minP: 0.4999 }, [0, 0.444444, 0.222222, 0.333333]],
    ['top-p counts what top-k left: 0.4/0.7 is below 0.58', { topK: 2, topP: 0.58 }, [0, 0.571429, 0, 0.428571]],
    ['top-p counts what top-k left: 0.4/0.7 is above 0.57', { topK: 2, topP: 0.57 }, [0, 1, 0, 0]],
  ];
  test.each(cases)('%s', (_, changes, expected) => {
    expect(round(distribution(logits, rule(changes)))).toEqual(expected);
  });

  test('ties at the border keep the lowest ids', () => {
    expect(round(distribution([2, 1, 1, 1], rule({ topK: 2, temperature: 1000 })))).toEqual([0.50025, 0.49975, 0, 0]);
  });
});

test('draws follow the distribution and depend on seed and step only', () => {
  const counts = [0, 0, 0, 0];
  const steps = 4000;
  for (let step = 0; step < steps; step++) counts[sample(logits, rule({ seed: 3 }), step)]++;
  [0.1, 0.4, 0.2, 0.3].forEach((p, id) => {
    const deviation = Math.sqrt(p * (1 - p) * steps);
    expect(Math.abs(counts[id] - p * steps)).toBeLessThan(4 * deviation);
  });
  expect(sample(logits, rule({ seed: 3 }), 9)).toBe(sample(Float64Array.from(logits), rule({ seed: 3 }), 9));
});

test('what a filter leaves out is never drawn', () => {
  for (let step = 0; step < 500; step++) expect([1, 3]).toContain(sample(logits, rule({ topK: 2, seed: 1 }), step));
});

test('a whole vocabulary with all filters takes milliseconds', () => {
  const row = Float32Array.from({ length: 150_000 }, (_, i) => Math.sin(i * 12.9898) * 8);
  const start = performance.now();
  sample(row, rule({ topK: 40, topP: 0.9, minP: 0.05 }), 0);
  expect(performance.now() - start).toBeLessThan(500);
});

test('impossible rules are refused by name', () => {
  expect(() => checkRule(rule({ topP: 0 }))).toThrow('top-p=0 is not possible; top-p may be above 0, up to 1 (off)');
  expect(() => checkRule(rule({ temperature: Number.NaN }))).toThrow('temperature');
  expect(() => checkRule(rule({ seed: -1 }))).toThrow('seed=-1');
  expect(() => checkRule(greedy)).not.toThrow();
});
