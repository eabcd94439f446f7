import { expect, test } from 'vitest';
import { parseLane } from '../../../gpu/kv/lane';
import { attend } from '../../../gpu/reference/attention';
import { rmsNorm, softmax, swiglu } from '../../../gpu/reference/math';
import { frequencies, rope } from '../../../gpu/reference/rope';
import { SideCache } from '../../../gpu/reference/side-cache';

const D = 32;
const rowOf = (first: number) => Float32Array.from({ length: D }, (_, i) => (i === 0 ? first : 0));

function sides(name: 'k' | 'v', ...heads: number[][]): SideCache[] {
  return heads.map((firsts) => {
    const cache = new SideCache(parseLane('k=16 v=16'), name, D);
    for (const first of firsts) cache.append(rowOf(first));
    return cache;
  });
}

test('two tokens by hand: scores 0 and ln 3 mix values 1 and 5 to 4', () => {
  const rows = [[], []] as Float32Array[][];
  const q = new Float32Array(2 * 2 * D);
  q[2 * D] = Math.log(3) * Math.sqrt(D); // token 1, head 0; head 1 stays 0
  const out = attend(
    { q, keys: sides('k', [0, 1]), values: sides('v', [1, 5]), headDim: D, heads: 2, first: 0, asWritten: false },
    rows,
  );
  expect(out[0]).toBe(1);
  expect(out[2 * D]).toBeCloseTo(4, 6);
  expect(out[3 * D]).toBe(3);
  expect([...rows[0][1]].map((x) => x.toFixed(6))).toEqual(['0.250000', '0.750000']);
});

test('query heads share KV heads in order: 0 0 1 1', () => {
  const input = { headDim: D, heads: 4, first: 0, asWritten: false };
  const out = attend(
    { ...input, q: new Float32Array(4 * D), keys: sides('k', [0], [0]), values: sides('v', [7], [9]) },
    null,
  );
  expect([0, 1, 2, 3].map((head) => out[head * D])).toEqual([7, 7, 9, 9]);
});

test('rope turns channel pairs (i, i + D/2) and keeps position 0', () => {
  const frequency = frequencies({ headDim: 4, ropeBase: 100, ropeFactors: Float32Array.of(1, 2) });
  expect([...frequency]).toEqual([1, 0.05]);
  const rows = Float32Array.of(1, 2, 3, 4, 1, 2, 3, 4);
  rope(rows, 4, 0, frequency);
  expect([...rows.subarray(0, 4)]).toEqual([1, 2, 3, 4]);
  expect(rows[4]).toBeCloseTo(Math.cos(1) - 3 * Math.sin(1), 6);
  expect(rows[6]).toBeCloseTo(3 * Math.cos(1) + Math.sin(1), 6);
  expect(rows[5]).toBeCloseTo(2 * Math.cos(0.05) - 4 * Math.sin(0.05), 6);
});

test('norm, softmax and swiglu by hand', () => {
  expect([...rmsNorm(Float32Array.of(3, 4), Float32Array.of(1, 2), 0)]).toEqual(
    [3, 8].map((x) => Math.fround(x / Math.sqrt(12.5))),
  );
  expect([...softmax(Float64Array.of(1000, 1000))]).toEqual([0.5, 0.5]);
  expect([...swiglu(Float32Array.of(0, 100), Float32Array.of(3, 0.5))]).toEqual([0, 50]);
});
