import { expect, test } from 'vitest';
import { fromHalf } from '../../../app/attention/half';
import { namedKeys } from '../../../app/attention/namedKeys';
import { placeNames } from '../../../app/attention/placeNames';
import { keyAt, keyX, rowLayout } from '../../../app/attention/rowLayout';
import { toHalf } from './half';

test('f16 bit patterns decode, subnormals included', () => {
  expect(fromHalf(0x3c00)).toBe(1);
  expect(fromHalf(0x3800)).toBe(0.5);
  expect(fromHalf(1)).toBe(2 ** -24);
  expect(fromHalf(0)).toBe(0);
  for (const v of [0.118, 0.048, 1e-5, 0.9995]) expect(Math.abs(fromHalf(toHalf(v)) - v)).toBeLessThan(v * 1e-2);
});

test('a long row: sink apart, middle pooled, the last 64 keys exact and the query at the right end', () => {
  const layout = rowLayout(424, 354, 3, 26, 46);
  expect(layout.middle).toMatchObject({ from: 1, to: 290, buckets: 56 });
  expect(layout.exact.from).toBe(290);
  expect(keyX(layout, 353)).toBeCloseTo(424 - layout.exact.cell / 2);
  for (const key of [0, 290, 320, 353]) expect(keyAt(layout, keyX(layout, key), () => 0)).toBe(key);
});

test('a point on the pooled middle names the strongest key under it', () => {
  const layout = rowLayout(424, 354, 3, 26, 46);
  expect(keyAt(layout, keyX(layout, 118), (key) => (key === 118 ? 1 : 0))).toBe(118);
  expect(keyAt(layout, layout.exact.left - 4, () => 0)).toBe(-1);
});

test('a short row has no middle and fills the exact part from the right', () => {
  const layout = rowLayout(424, 20, 3, 26, 46);
  expect(layout.middle.to).toBe(layout.middle.from);
  expect(keyX(layout, 1)).toBeGreaterThan(layout.exact.left + 44 * layout.exact.cell);
  expect(keyAt(layout, layout.exact.left + 1, () => 0)).toBe(-1);
});

test('the strongest lost key is named first, then what FP16 looks at most, three at most', () => {
  const fp16 = new Float32Array(100);
  const lane = new Float32Array(100);
  fp16.set([0.41], 0);
  for (const [key, p, q] of [
    [30, 0.118, 0.048],
    [60, 0.2, 0.21],
    [61, 0.19, 0.19],
    [75, 0.05, 0.05],
    [80, 0.04, 0.04],
    [98, 0.3, 0.3],
  ]) {
    fp16[key] = p;
    lane[key] = q;
  }
  const named = namedKeys(fp16, lane);
  expect(named.map((found) => found.key)).toEqual([30, 60, 75]);
  expect(named.map((found) => found.lost)).toEqual([true, false, false]);
});

test('nothing lost, nothing claimed', () => {
  const row = new Float32Array(50).fill(0.02);
  expect(namedKeys(row, row).every((found) => !found.lost)).toBe(true);
});

test('labels keep off each other: the later one moves aside or is left out', () => {
  const placed = placeNames(
    [
      { x: 100, width: 120 },
      { x: 158, width: 40 },
      { x: 110, width: 40 },
    ],
    0,
    400,
  );
  expect(placed.map((label) => label.index)).toEqual([0]);
  const apart = placeNames(
    [
      { x: 100, width: 60 },
      { x: 140, width: 40 },
    ],
    0,
    400,
  );
  expect(apart).toEqual([
    { index: 0, left: 70 },
    { index: 1, left: 138 },
  ]);
});
