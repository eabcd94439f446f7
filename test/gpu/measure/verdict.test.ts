import { expect, test } from 'vitest';
import { levelOf, verdictOf } from '../../../gpu/measure/verdict';

const good = { steps: 64, sameTop: 0.99, klMedian: 0.001, kl99: 0.05 };

test('close asks for every limit, breaks for one', () => {
  expect(verdictOf(good)).toBe('close');
  expect(verdictOf({ ...good, sameTop: 0.91, klMedian: 0.038, kl99: 0.31 })).toBe('watch');
  for (const bad of [{ sameTop: 0.94 }, { klMedian: 0.03 }, { kl99: 0.3 }])
    expect(verdictOf({ ...good, ...bad })).toBe('watch');
  for (const bad of [{ sameTop: 0.84 }, { klMedian: 0.11 }, { kl99: 0.6 }])
    expect(verdictOf({ ...good, ...bad })).toBe('breaks');
});

test('fewer than 64 steps carry no verdict', () => {
  expect(verdictOf({ ...good, steps: 63 })).toBeNull();
});

test('an exact lane is close; a cell is judged by its median', () => {
  expect(verdictOf({ steps: 100, sameTop: 1, klMedian: 0, kl99: 0 })).toBe('close');
  expect([0, 0.02, 0.05, 0.2].map(levelOf)).toEqual(['close', 'close', 'watch', 'breaks']);
});
