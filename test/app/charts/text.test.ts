import { expect, test } from 'vitest';
import { ascending, quantile } from '../../../app/divergence/quantile';
import { barEnd, candidates } from '../../../app/nexttoken/candidates';
import { firstDivergence, tintOf, tokenCell } from '../../../app/transcript/tokenCells';

const labels: Record<number, string> = { 1: '·two', 2: '·six' };
const step = (best: number, sameTop: boolean) => ({
  step: 5,
  pieces: [' two', ' two'],
  lanes: [
    { kl: 0, sameTop: true, best, token: 1 },
    { kl: 0.1, sameTop, best: 1, token: 1 },
  ],
});
const labelOf = (id: number) => labels[id];

test('where FP16 picks another token both lanes reserve the width of both texts', () => {
  const shadow = tokenCell(step(2, false), 0, false, labelOf);
  const lane = tokenCell(step(2, false), 1, false, labelOf);
  expect(shadow).toMatchObject({ own: 'six', other: 'two', space: true, underlined: true, tint: 0 });
  expect(lane).toMatchObject({ own: 'two', other: 'six', space: true, underlined: true, tint: 2 });
});

test('an agreed token is a plain cell in both lanes', () => {
  expect(tokenCell(step(1, true), 0, false, labelOf)).toMatchObject({ own: 'two', other: null, underlined: false });
  expect(tokenCell(step(1, true), 1, false, labelOf)).toMatchObject({ own: 'two', other: null, underlined: false });
});

test('free-running lanes show their own text, unpaired', () => {
  const frame = { ...step(2, false), pieces: [' two', '\n'] };
  expect(tokenCell(frame, 1, true, labelOf)).toMatchObject({ own: '↵', other: null, space: false, underlined: false });
});

test('tint by KL, none below the first threshold or where KL is undefined', () => {
  expect([0, 0.045, 0.05, 0.1, 0.5, Number.NaN].map(tintOf)).toEqual([0, 0, 1, 2, 3, 0]);
});

test('first divergence by top-1 on the same prefix, by token when running freely', () => {
  const lane = { count: 4, sameTop: [1, 1, 0, 1], token: [7, 8, 9, 1] };
  const shadow = { token: [7, 8, 9, 2] };
  expect(firstDivergence(lane, shadow, false)).toBe(2);
  expect(firstDivergence(lane, shadow, true)).toBe(3);
  expect(firstDivergence({ ...lane, count: 2 }, shadow, false)).toBe(-1);
});

const ln = Math.log;
const shadow = [
  { id: 1, logp: ln(0.5), other: ln(0.4) },
  { id: 2, logp: ln(0.3), other: ln(0.1) },
  { id: 3, logp: ln(0.1), other: ln(0.01) },
];
const lane = [
  { id: 4, logp: ln(0.45), other: ln(0.05) },
  { id: 1, logp: ln(0.4), other: ln(0.5) },
  { id: 2, logp: ln(0.1), other: ln(0.3) },
];

test('ranks lost and gained; beyond the lane’s own list only a bound', () => {
  const rows = candidates(shadow, lane, false, false);
  expect(rows.map((row) => row.rank)).toEqual([1, 1, null]);
  expect(rows[0].lane).toBeCloseTo(0.4);
  expect(rows[2].lane).toBeNull();
  expect(rows[2].below).toBeCloseTo(0.1);
  expect(rows[2].lostAtLeast).toBe(1);
});

test('for lane 1 the shadow knows the number even there', () => {
  expect(candidates(shadow, lane, false, true)[2].lane).toBeCloseTo(0.01);
});

test('the lane’s own list: a token FP16 did not have', () => {
  const rows = candidates(shadow, lane, true, true);
  expect(rows.map((row) => row.id)).toEqual([4, 1, 2]);
  expect(rows[0].rank).toBeNull();
  expect(rows[0].fp16).toBeCloseTo(0.05);
  expect(rows[1].rank).toBe(1);
  expect(barEnd(rows)).toBe(0.5);
});

test('order statistics at h = p (n - 1); undefined steps are left out', () => {
  const sorted = ascending([3, Number.NaN, 1, 2, 4], 0, 5);
  expect([...sorted]).toEqual([1, 2, 3, 4]);
  expect(quantile(sorted, 0.5)).toBe(2.5);
  expect(quantile(sorted, 0.99)).toBeCloseTo(3.97);
  expect(quantile([], 0.5)).toBeNaN();
});
