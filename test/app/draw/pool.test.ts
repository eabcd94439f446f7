import { expect, test } from 'vitest';
import { poolToBuckets, poolToPixels } from '../../../app/draw/pool';

test('a spike of one step survives pooling to pixels', () => {
  const values = new Float32Array(1000).fill(0.01);
  values[537] = 4;
  const out = new Float32Array(100);
  poolToPixels(values, 0, 1000, (i) => i * 0.1, out);
  expect(Math.max(...out)).toBe(4);
  expect(out[54]).toBe(4);
  expect(out[10]).toBeCloseTo(0.01);
});

test('pixels without a sample and undefined samples stay empty', () => {
  const out = new Float32Array(6);
  poolToPixels([1, Number.NaN, 3], 0, 3, (i) => i * 2, out);
  expect([...out]).toEqual([1, Number.NaN, Number.NaN, Number.NaN, 3, Number.NaN]);
});

test('buckets keep the value of largest size with its sign, over any number of keys', () => {
  const row = [0.1, -0.4, 0.2, 0.05, 0, 0.3, -0.3];
  const out = new Float32Array(3);
  poolToBuckets((i) => row[i], 0, 7, out);
  expect([...out].map((v) => Number(v.toFixed(2)))).toEqual([-0.4, 0.2, 0.3]);
});

test('fewer keys than buckets: each key shows, none is lost', () => {
  const out = new Float32Array(8);
  poolToBuckets((i) => [0.5, 0.25, 0.75][i], 0, 3, out);
  expect(new Set(out)).toEqual(new Set([0.5, 0.25, 0.75]));
});
