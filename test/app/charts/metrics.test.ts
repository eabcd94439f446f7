import { expect, test } from 'vitest';
import { barShare, metricById, metricIds, metricValues } from '../../../app/attention/metrics';
import { HEAD_MEASURES } from '../../../gpu/run-types';

const stride = HEAD_MEASURES.length;
const flip = HEAD_MEASURES.indexOf('flip');

/** Two lanes, one layer, two heads. */
function block(flips: [number, number]): Float32Array {
  const heads = new Float32Array(2 * 2 * stride);
  heads[2 * stride + flip] = flips[0];
  heads[3 * stride + flip] = flips[1];
  heads[2 * stride] = 0.2;
  heads[3 * stride] = 0.4;
  return heads;
}

test('every measure of the menu exists in the frames', () => {
  for (const id of metricIds) expect(metricById(id).id).toBe(id);
  expect(metricById('far').id).toBe('tv');
});

test('the flip rate is the share of the last 16 steps, of the asked lane', () => {
  const heads = (step: number) => block([step % 4 === 0 ? 1 : 0, step >= 20 ? 1 : 0]);
  const out = new Float32Array(2);
  expect(metricValues(metricById('flip'), heads, 31, 2, 2, out)).toBe(true);
  expect([...out]).toEqual([4 / 16, 12 / 16]);
  metricValues(metricById('flip'), heads, 31, 1, 2, out);
  expect([...out]).toEqual([0, 0]);
});

test('near the start, and where steps fell out of memory, the rate is over the steps that are there', () => {
  const heads = (step: number) => (step === 1 ? null : block([1, 0]));
  const out = new Float32Array(2);
  metricValues(metricById('flip'), heads, 3, 2, 2, out);
  expect([...out]).toEqual([1, 0]);
});

test('other measures are taken at the step alone; a missing step says so', () => {
  const out = new Float32Array(2);
  metricValues(metricById('tv'), () => block([0, 0]), 9, 2, 2, out);
  expect(out[0]).toBeCloseTo(0.2);
  expect(out[1]).toBeCloseTo(0.4);
  expect(metricValues(metricById('tv'), () => null, 9, 2, 2, out)).toBe(false);
});

test('layer bars share the fixed domain of the cells', () => {
  expect(barShare(metricById('tv'), 0.1)).toBeCloseTo(2 / 3);
  expect(barShare(metricById('tv'), 0.0002)).toBe(0);
  expect(barShare(metricById('tv'), 1)).toBe(1);
  expect(barShare(metricById('flip'), 0.25)).toBe(0.25);
  expect(barShare(metricById('sinkChange'), -0.0625)).toBeCloseTo(0.5);
});

test('every layer has its lanes side by side', () => {
  const heads = new Float32Array(3 * 2 * 2 * stride);
  // layer 0..2, lane 1..2, head 0..1: value = layer.lane head
  for (let i = 0; i < 12; i++)
    heads[i * stride] = Math.floor(i / 4) + (1 + (Math.floor(i / 2) % 2)) / 10 + (i % 2) / 100;
  const out = new Float32Array(6);
  metricValues(metricById('tv'), () => heads, 0, 2, 2, out);
  expect([...out].map((value) => value.toFixed(2))).toEqual(['0.20', '0.21', '1.20', '1.21', '2.20', '2.21']);
});
