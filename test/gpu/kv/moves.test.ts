import { expect, test } from 'vitest';
import { formatMoves, parseMoves } from '../../../gpu/kv/moves';

const text = '1.64.k.2.all,1.64.v.16.new,7.1000000.k.8.new';

test('a log comes back from its text', () => {
  const moves = parseMoves(text);
  expect(moves[0]).toEqual({ lane: 1, step: 64, field: 'k', value: 2, scope: 'all' });
  expect(moves.length).toBe(3);
  expect(formatMoves(moves)).toBe(text);
  expect(parseMoves('')).toEqual([]);
  expect(formatMoves([])).toBe('');
});

test.each([
  ['1.64.k.2', '"1.64.k.2" is not a slider move; write lane.step.field.value.scope'],
  ['1.64.k.2.all,', '"" is not a slider move'],
  ['1.-4.k.2.all', 'is not a slider move'],
  ['0.64.k.2.all', 'lane may be 1..7'],
  ['8.64.k.2.all', 'lane may be 1..7'],
  ['1.1000001.k.2.all', 'step may be 0..1000000'],
  ['1.64.window.2.all', 'field may be k or v'],
  ['1.64.k.9.all', 'value may be 1, 2, 3, 4, 5, 6, 7, 8, 16.'],
  ['1.64.k.32.all', 'value may be'],
  ['1.64.k.2.old', 'scope may be new or all'],
  ['1.64.k.2.all,1.3.k.2.all', 'in order of their steps: 3 comes after 64'],
])('%s is refused', (entry, message) => {
  expect(() => parseMoves(entry)).toThrow(message);
});
