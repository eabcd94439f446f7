import { expect, test } from 'vitest';
import type { Side } from '../../../../gpu/kv/config';
import { uniformSide } from '../../../../gpu/kv/config';
import { roundF16 } from '../../../../gpu/load/f16';
import codec, { groupsOf } from '../../../../gpu/reference/codecs/across-rows';
import uniform from '../../../../gpu/reference/codecs/uniform';
import { normals } from '../../../fixtures/random';

const side = (bits: number, own?: Side['own'], group: Side['group'] = 64): Side => ({
  ...{ ...uniformSide(bits), codec: 'across-rows', group },
  ...(own ? { own } : {}),
});

test('axis last: four rows of one channel share a scale, over the border of heads; the rest is a shorter group', () => {
  // Two heads of three tokens and two channels: rows 0 .. 5 are head 0 token 0 .. 2, head 1 token 0 .. 2.
  expect(groupsOf(12, 2, 4, false)).toEqual([
    [0, 2, 4, 6],
    [1, 3, 5, 7],
    [8, 10],
    [9, 11],
  ]);
});

test('axis first: places j, j + n, j + 2n, over heads, tokens and channels', () => {
  expect(groupsOf(12, 2, 4, true)).toEqual([
    [0, 3, 6, 9],
    [1, 4, 7, 10],
    [2, 5, 8, 11],
  ]);
});

test('one bit, by hand: [tokens][heads][channels] in, ends of each group out', () => {
  // Channel 0 of head 0: 0, 3, 5; of head 1: 4, 9, 8. Rows in order of heads: 0 3 5 4 | 9 8.
  const rows = Float32Array.of(0, 0, 4, 0, 3, 0, 9, 0, 5, 0, 8, 0);
  const out = codec.through(rows, { heads: 2, headDim: 2 }, side(1, undefined, 4));
  expect([...out.filter((_, i) => i % 2 === 0)]).toEqual([0, 5, 5, 9, 5, 8]);
});

test('axis first keeps values between its ends to half a step or so, and constant groups as they are', () => {
  const next = normals(5, 'first');
  const rows = Float32Array.from({ length: 32 * 2 * 64 }, () => roundF16(next()));
  const out = codec.through(rows, { heads: 2, headDim: 64 }, side(8, { axis: 'first' }));
  for (const [i, x] of rows.entries()) expect(Math.abs(out[i] - x)).toBeLessThan(0.03);
  const flat = new Float32Array(8 * 64).fill(roundF16(37.3));
  for (const x of codec.through(flat, { heads: 1, headDim: 64 }, side(2, { axis: 'first' })))
    expect(Math.abs(x - flat[0])).toBeLessThan(0.05);
});

/**
 * Error of the first 96 tokens of two heads while more come with every flush, which codes all that was read before. Channels have means
 * of their own, as keys do.
 */
function drift(through: typeof codec.through, of: Side, flushes = 15, more = 128): number[] {
  const [heads, headDim, first] = [2, 64, 96];
  const next = normals(11, 'drift');
  const means = Float32Array.from({ length: heads * headDim }, () => 4 * next());
  const fresh = (tokens: number) =>
    Float32Array.from({ length: tokens * heads * headDim }, (_, i) => roundF16(means[i % means.length] + next()));
  const start = fresh(first);
  let rows: Float32Array = start;
  const errors: number[] = [];
  for (let flush = 0; flush <= flushes; flush++) {
    const back = through(rows, { heads, headDim }, of);
    const [error, power] = start.reduce(([e, p], x, i) => [e + (back[i] - x) ** 2, p + x * x], [0, 0]);
    errors.push(error / power);
    rows = new Float32Array(back.length + more * heads * headDim);
    rows.set(back);
    rows.set(fresh(more), back.length);
  }
  return errors;
}

test('coding the whole cache again: with axis -1 errors add up, with groups of one token they stay', () => {
  const across = drift(codec.through, side(4));
  expect(across[15] / across[0]).toBeGreaterThan(2);
  for (let i = 1; i < across.length; i++) expect(across[i]).toBeGreaterThan(across[i - 1]);
  const token = drift(uniform.through, { ...uniformSide(4), group: 64 });
  expect(token[15] / token[0]).toBeGreaterThan(0.99);
  expect(token[15] / token[0]).toBeLessThan(1.02);
});

test('HQQ with axis 0 drifts too', () => {
  const errors = drift(codec.through, side(4, { axis: 'first' }), 3, 32);
  expect(errors[3] / errors[0]).toBeGreaterThan(1.5);
});
