import { expect, test } from 'vitest';
import { moveToken, stripLayout, tokenAt } from '../../../app/decisions/stripLayout';
import { countStates, countsDiffer, heldCounts, positionsOf, tokenStates } from '../../../app/decisions/tokenStates';
import { ranges } from '../../../gpu/kv/decisions';

const short = (states: readonly string[]) => states.map((state) => state[0]).join('');

test('ranges are read as they are written', () => {
  for (const list of [[], [0], [0, 1, 2, 5, 7, 8], [3, 40]]) expect([...positionsOf(ranges(list))]).toEqual(list);
});

test('without a codec what is held is exact, the rest is evicted; heads may differ', () => {
  const decisions = { kept: [['0-1,5-7'], ['0-7', '4-7']] };
  expect(tokenStates(decisions, 0, 1, 8).map((s) => s === 'evicted')).toEqual([0, 0, 1, 1, 1, 0, 0, 0].map(Boolean));
  expect(countStates(tokenStates(decisions, 1, 1, 8))).toEqual({ pinned: 0, exact: 4, coded: 0, low: 0, evicted: 4 });
});

test('with a codec, rows outside the window are coded', () => {
  const decisions = { kept: [['0-1,5-7']], exact: [['6-7']] };
  expect(tokenStates(decisions, 0, 0, 8)).toEqual([
    ...['coded', 'coded', 'evicted', 'evicted', 'evicted'],
    ...['coded', 'exact', 'exact'],
  ]);
});

test('two classes, by head', () => {
  const decisions = { classes: [['0-1', '2']], exact: [['4']] };
  expect(short(tokenStates(decisions, 0, 0, 5))).toBe('llcce');
  expect(short(tokenStates(decisions, 0, 1, 5))).toBe('cclce');
});

test('pinned tokens are told from the exact window, and only where a head holds them', () => {
  const decisions = { exact: [['0,3-4']], pinned: ['0'], kept: [['0-4', '1-4']] };
  expect(short(tokenStates(decisions, 0, 0, 5))).toBe('pccee');
  expect(tokenStates({ ...decisions, exact: [['0,3-4', '3-4']] }, 0, 1, 5)[0]).toBe('evicted');
});

test('positions that the text has not reached are left out', () => {
  const decisions = { kept: [['0-8'], ['0-3']] };
  expect(tokenStates(decisions, 0, 0, 6)).toHaveLength(6);
  expect(heldCounts(decisions, 6)).toEqual([[6], [4]]);
});

test('a map of counts is worth drawing where they differ', () => {
  expect(countsDiffer([[6], [6, 6]])).toBe(false);
  expect(countsDiffer([[6], [6, 5]])).toBe(true);
  expect(countsDiffer(null)).toBe(false);
});

test('the strip breaks into lines, and finds tokens again', () => {
  const few = stripLayout(430, 70, 20);
  expect([few.lines, few.cell]).toEqual([1, 12]);
  const many = stripLayout(430, 70, 250);
  expect([many.lines, many.perLine, many.cell]).toEqual([3, 84, 400 / 84]);
  expect(tokenAt(many, many.left + 1, 1)).toBe(0);
  expect(tokenAt(many, many.left + 1, many.lineHeight + 6)).toBe(84);
  expect(tokenAt(many, 2, 2)).toBe(-1);
  expect(tokenAt(many, 429, 69)).toBe(-1);
  expect([moveToken(many, 3, 0, 1), moveToken(many, 3, -9, 0), moveToken(many, 240, 0, 1)]).toEqual([87, 0, 249]);
});
