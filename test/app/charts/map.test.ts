import { expect, test } from 'vitest';
import { farBin, farChange, massTop, usedBins } from '../../../app/attention/distanceBins';
import { cellAt, groupAt, layerLabels, mapLayout, moveHead } from '../../../app/attention/mapLayout';

const smol = { layers: 30, heads: 9, kvHeads: 3 };
const whole = { bars: true, numbers: true };

test('the panel of the design has cells of 20 by 8.8 with 5 pixels between KV groups', () => {
  const layout = mapLayout(277, 284, smol, whole);
  expect(layout.cellWidth).toBeCloseTo(20);
  expect(layout.cellHeight).toBeCloseTo(8.8);
  expect(layout.columns[3] - layout.columns[2]).toBeCloseTo(25);
  expect(layout.right).toBeLessThan(277);
});

test('a large model still fits its box', () => {
  const layout = mapLayout(277, 284, { layers: 36, heads: 32, kvHeads: 8 }, whole);
  expect(layout.right).toBeLessThanOrEqual(277);
  expect(layout.top + 36 * layout.cellHeight).toBeLessThanOrEqual(284);
});

test('points hit their cell; labels hit their group', () => {
  const layout = mapLayout(277, 284, smol, whole);
  const x = layout.columns[4] + layout.cellWidth / 2;
  expect(cellAt(layout, x, layout.top + 7.5 * layout.cellHeight)).toEqual({ layer: 7, head: 4 });
  expect(cellAt(layout, 2, 50)).toBeNull();
  expect(groupAt(layout, x, 8)).toBe(1);
  expect(groupAt(layout, x, 40)).toBe(-1);
});

test('arrows stop at the edges', () => {
  expect(moveHead(smol, { layer: 0, head: 8 }, 1, -1)).toEqual({ layer: 0, head: 8 });
  expect(moveHead(smol, { layer: 0, head: 8 }, -1e9, 10)).toEqual({ layer: 10, head: 0 });
});

test('layer numbers: every fifth and the last, none touching', () => {
  expect(layerLabels(30, 8.8)).toEqual([0, 5, 10, 15, 20, 25, 29]);
  expect(layerLabels(32, 8.8)).toEqual([0, 5, 10, 15, 20, 25, 31]);
});

test('distance bins are cut at the row, the axis doubles only when it must', () => {
  expect(usedBins(354)).toBe(10);
  expect(usedBins(1)).toBe(1);
  expect(usedBins(5000)).toBe(12);
  expect(massTop([[0.05, 0.119]])).toBe(0.12);
  expect(massTop([[0.13]])).toBe(0.24);
  expect(massTop([[0.99]])).toBe(1);
});

test('the far change is relative and silent where there was no far mass', () => {
  const fp16 = new Float32Array(12);
  const lane = new Float32Array(12);
  fp16[farBin] = 0.1;
  lane[farBin] = 0.029;
  expect(farChange(fp16, lane)).toBeCloseTo(-0.71);
  expect(farChange(new Float32Array(12), lane)).toBeNull();
});
