import { describe, expect, test } from 'vitest';
import { channelOrder, rotatedHeads } from '../../../../gpu/kv/rotated-rows';
import codec, { throughSlice } from '../../../../gpu/reference/codecs/rotated-order';
import { hadamard } from '../../../../gpu/reference/hadamard';
import { normals } from '../../../fixtures/random';
import { sideOf } from './golden';

describe('a slice by hand', () => {
  const through = (values: number[], settings: { bits: number; clip: number; steps: number }) => {
    const slice = Float32Array.from(values);
    throughSlice(slice, settings);
    return [...slice];
  };

  test('2 bits without clip: steps of 1, zero on code 1', () => {
    expect(through([-1, 2, 0.4, 1.6], { bits: 2, clip: 1, steps: 3 })).toEqual([-1, 2, 0, 2]);
  });

  test('a clip of 0.5 halves the steps; what lies outside takes the end', () => {
    expect(through([-2, 4, 0.4, -0.9], { bits: 2, clip: 0.5, steps: 3 })).toEqual([-1, 2, 0, -1]);
  });

  test('eight steps at 3 bits leave the top of the range without a code', () => {
    expect(through([0, 8, 7.2, 3.4], { bits: 3, clip: 1, steps: 8 })).toEqual([0, 7, 7, 3]);
  });

  test('equal values come back', () => {
    expect(through([0, 0], { bits: 2, clip: 0.8, steps: 3 })).toEqual([0, 0]);
    expect(through([0.5, 0.5], { bits: 2, clip: 0.8, steps: 3 })).toEqual([0.5, 0.5]);
  });
});

describe('channels', () => {
  test('as many heads turn together as their number allows', () => {
    expect([8, 2, 3, 12, 1].map((heads) => rotatedHeads(4, heads))).toEqual([4, 2, 1, 4, 1]);
    expect(rotatedHeads(2, 8)).toBe(2);
  });

  test('are sorted by the sum of what they hold after the rotation', () => {
    // One head of two channels, rotated: (a + b, a - b) / sqrt 2. Sums: 3 and -1, so the second comes first.
    const rows = Float32Array.of(1, 0, 0, 2);
    const shape = { heads: 1, headDim: 2, skip: 0 };
    expect([...new Uint16Array(channelOrder(rows, shape, 1, true).buffer)]).toEqual([1, 0]);
    expect([...new Uint16Array(channelOrder(rows, shape, 1, false).buffer)]).toEqual([0, 1]);
    // Without the first token the sums are 2 and -2; the order stands. Turned round, it does not.
    expect([
      ...new Uint16Array(
        channelOrder(
          rows.map((x) => -x),
          shape,
          1,
          true,
        ).buffer,
      ),
    ]).toEqual([0, 1]);
  });

  test('a rotation is its own inverse', () => {
    const values = Float32Array.of(1, 2, -3, 4);
    const turned = values.slice();
    hadamard(turned, 4);
    expect([...turned]).toEqual([2, -4, 1, 3]);
    hadamard(turned, 4);
    expect([...turned]).toEqual([...values]);
  });
});

/** The computed figures of the reference tables, on N(0, 1); within 2 %. */
test.each([
  [64, 2, {}, 0.145],
  [128, 2, {}, 0.171],
  [64, 3, {}, 0.0381],
  [64, 3, { steps3: 'repo' }, 0.0375],
  [128, 3, {}, 0.0462],
  [128, 3, { steps3: 'repo' }, 0.041],
])('heads of %i at %i bits %o lose %f of the energy', (headDim, bits, own, wanted) => {
  const next = normals(1, `rotated${headDim}`);
  const rows = Float32Array.from({ length: 4096 * headDim }, () => next());
  const shape = { heads: 1, headDim };
  const order = channelOrder(rows, { ...shape, skip: 0 }, 1, false);
  const back = codec.through(rows, shape, { ...sideOf('rotated-order', bits, { own }), group: 'head' }, order);
  let [lost, energy] = [0, 0];
  for (const [i, x] of rows.entries()) {
    lost += (x - back[i]) ** 2;
    energy += x * x;
  }
  expect(Math.abs(lost / energy / wanted - 1)).toBeLessThan(0.02);
});
