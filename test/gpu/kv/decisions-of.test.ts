import { expect, test } from 'vitest';
import { decisionsOf, ranges } from '../../../gpu/kv/decisions';
import { parseLane } from '../../../gpu/kv/lane';
import { planOf } from './plan';

test('positions as ranges', () => {
  expect(ranges([])).toBe('');
  expect(ranges([0, 1, 2, 5, 7, 8])).toBe('0-2,5,7-8');
});

test('widths are told where layers differ, and nothing where nothing was decided', () => {
  const plan = planOf('k=4 v=2', { cap: 4 });
  expect(decisionsOf(parseLane('k=4 v=2'), 3, plan, undefined)).toEqual({});
  expect(decisionsOf(parseLane('k=4 v=2 skipFirst=1 pairs=2:8.3'), 3, plan, undefined)).toEqual({
    pairs: [
      [16, 16],
      [4, 2],
      [8, 3],
    ],
  });
});
