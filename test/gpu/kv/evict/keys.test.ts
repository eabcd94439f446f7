import { expect, test } from 'vitest';
import { cached, kept, scores } from './cached';

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, 12);
  });
}

/** Rows of one head of two channels. */
const rows = (...pairs: [number, number][]) => Float32Array.from(pairs.flat());

test('knorm: the shortest keys stay, each head for itself', () => {
  const keys = rows([3, 4], [1, 0], [0, 2], [5, 0], [6, 8], [0, 1], [0, 0], [9, 0]);
  // Four tokens of two heads: lengths 5, 2, 10, 0 and 1, 5, 1, 9.
  const input = cached(4, 2, { keys });
  expect(scores('knorm', input)).toEqual([
    [-5, -2, -10, -0],
    [-1, -5, -1, -9],
  ]);
  expect(kept('knorm', input, { ratio: 0.5 })).toEqual([
    [1, 3],
    [0, 2],
  ]);
});

test('keydiff: keys unlike the mean direction stay', () => {
  const keys = rows([2, 0], [5, 0], [0, 1], [1, 0]);
  // Mean of the unit keys (.75, .25), length sqrt(.625).
  const size = Math.sqrt(0.625);
  const input = cached(4, 1, { keys });
  const found = scores('keydiff', input)[0];
  expectClose(
    found,
    [-0.75, -0.75, -0.25, -0.75].map((value) => value / size),
  );
  expect(kept('keydiff', input, { cap: 2 })).toEqual([[0, 2]]);
});

test('lagkv: ranks within a block, scaled by the ranges of the next one', () => {
  // Sink, then blocks of 2: rows 1, 2 are judged by rows 3, 4; rows 3, 4 by rows 5, 6, which stay with row 7.
  const keys = rows([0, 0], [0, 2], [1, 1], [0, 0], [1, 1], [0, 0], [2, 2], [7, 7]);
  const input = cached(8, 1, { keys, values: keys });
  // Row 1 scaled (0, 2): deviation sqrt 2; row 2 (1, 1): 0. Rows 3 and 4: no spread, equal, the earlier ranks lower.
  expect(scores('lagkv', input, { sinks: 1, lag: 2 })).toEqual([[1, 0.5, 0, 0, 0.5, 1, 1, 1]]);
  expect(kept('lagkv', input, { sinks: 1, lag: 2, cap: 6 })).toEqual([[0, 1, 4, 5, 6, 7]]);
  expect(kept('lagkv', input, { sinks: 1, lag: 2, cap: 5 })).toEqual([[0, 1, 5, 6, 7]]);
});

test('lagkv: too short for two blocks, nothing leaves', () => {
  const input = cached(8, 1, { keys: new Float32Array(16), values: new Float32Array(16) });
  expect(kept('lagkv', input, { sinks: 1, lag: 4, cap: 2 })).toBeNull();
});

test('expected: softmax of the mean query under the mean rotation ahead, times the value length', () => {
  // No rotation (angle 0). Queries after the sink: (1, 0), (3, 0): mean (2, 0), covariance ((1, 0), (0, 0)).
  const queries = rows([9, 9], [1, 0], [3, 0]);
  const keys = rows([0, 0], [1, 0], [0, 5]);
  const values = rows([1, 0], [0, 2], [3, 4]);
  const input = cached(3, 1, { keys, values, queries, frequency: [0] });
  const logit = 2 / Math.SQRT2 + 1 / (2 * 2);
  const first = 1 / (1 + Math.exp(-logit));
  const found = scores('expected', input, { sinks: 1 })[0];
  expectClose(found, [0, first * 2, (1 - first) * 5]);
  const plain = scores('expected', input, { sinks: 1, cov: 'off', vnorm: 'off' })[0];
  expectClose(plain, [0, 1 / (1 + Math.exp(-Math.SQRT2)), 1 / (1 + Math.exp(Math.SQRT2))]);
});

test('expected: the rotation is averaged over the positions ahead', () => {
  // A quarter turn per position; prompt of 2, ahead 1: position 2, half a turn, so the mean (1, 0) becomes (-1, 0).
  const queries = rows([9, 9], [1, 0]);
  const keys = rows([0, 0], [1, 0]);
  const shape = { keys, values: keys, queries, frequency: [Math.PI / 2] };
  const input = cached(2, 1, shape);
  expect(scores('expected', input, { sinks: 0, future: 1, cov: 'off', vnorm: 'off' })[0][1]).toBeCloseTo(
    // Mean of both queries: (5, 4.5), turned (-5, -4.5).
    1 / (1 + Math.exp(5 / Math.SQRT2)),
    12,
  );
});
