import { expect, test } from 'vitest';
import { distanceBin, distanceProfile, headMeasures, topKey } from '../../../gpu/measure/attention';
import { DISTANCE_BINS, HEAD_MEASURES } from '../../../gpu/run-types';

test('three keys by hand', () => {
  const measures = headMeasures([0.5, 0.25, 0.25], [0.5, 0, 0.5]);
  expect(measures.tv).toBe(0.25);
  expect(measures.js).toBeCloseTo(0.5 * (0.25 * Math.log(2) + 0.25 * Math.log(2 / 3) + 0.5 * Math.log(4 / 3)), 14);
  expect(measures.entropyChange).toBeCloseTo(Math.log(2) - 1.5 * Math.log(2), 14);
  expect(measures).toMatchObject({ flip: 1, sink: 0.5, sinkChange: 0, far: 0, farChange: 0 });
  expect(Object.keys(measures)).toEqual([...HEAD_MEASURES]);
});

test('equal rows: all differences exactly 0', () => {
  const row = Float32Array.of(0.7, 0.1, 0.15, 0.05);
  const { tv, js, entropyChange, flip, sinkChange, farChange } = headMeasures(row, row);
  expect([tv, js, entropyChange, flip, sinkChange, farChange]).toEqual([0, 0, 0, 0, 0, 0]);
});

test('disjoint rows: tv 1, js ln 2', () => {
  const measures = headMeasures([1, 0], [0, 1]);
  expect(measures.tv).toBe(1);
  expect(measures.js).toBeCloseTo(Math.log(2), 14);
  expect(measures.sinkChange).toBe(-1);
});

test('far mass begins at distance 65 and leaves the sink out', () => {
  const lane = new Float64Array(100);
  lane[0] = 0.5;
  lane[34] = 0.2; // distance 65
  lane[35] = 0.3; // distance 64
  const shadow = new Float64Array(100);
  shadow[0] = 1;
  expect(headMeasures(shadow, lane)).toMatchObject({ far: 0.2, farChange: 0.2, sink: 0.5, sinkChange: -0.5 });
});

test('the sink is never the top key', () => {
  expect(topKey([0.9, 0.02, 0.05, 0.03])).toBe(2);
  expect(topKey([1])).toBe(0);
});

test('distance bins begin at 0, 1, 2, 4 ... 1024', () => {
  expect([0, 1, 2, 3, 4, 7, 8, 1023, 1024, 50_000].map(distanceBin)).toEqual([0, 1, 2, 2, 3, 3, 4, 10, 11, 11]);
});

test('the profile holds all mass but that of key 0', () => {
  const row = new Float64Array(3000).fill(1 / 3000);
  const bins = distanceProfile(row);
  expect(bins.length).toBe(DISTANCE_BINS);
  expect(bins.reduce((a, b) => a + b)).toBeCloseTo(2999 / 3000, 12);
  expect(bins[0] * 3000).toBeCloseTo(1, 9);
  expect(bins[4] * 3000).toBeCloseTo(8, 9);
});
