import { describe, expect, test } from 'vitest';
import { parseLane } from '../../../../gpu/kv/lane';
import codec, { outlierChannels, sketchSign, throughSketch } from '../../../../gpu/reference/codecs/sign-sketch';
import { normals } from '../../../fixtures/random';
import { sideOf } from './golden';

describe('by hand', () => {
  test('two channels, one part: signs of a s0 + b s1 and a s0 - b s1', () => {
    const [s0, s1] = [sketchSign(0, 0), sketchSign(1, 0)];
    const [x, y] = [3, 4];
    const first = x * s0 + y * s1 >= 0 ? 1 : -1;
    const second = x * s0 - y * s1 >= 0 ? 1 : -1;
    const by = (Math.sqrt(Math.PI / 2) / 2) * 5;
    const back = throughSketch(Float32Array.of(x, y), 0, 1);
    expect(back[0]).toBeCloseTo(by * s0 * (first + second), 4);
    expect(back[1]).toBeCloseTo(by * s1 * (first - second), 4);
  });

  test('outliers are the channels of the largest norms, the first of equal ones', () => {
    expect([...outlierChannels(Float32Array.of(1, 5, 2, 5, -7, 0, 2, 0), 4, 2)]).toEqual([0, 1]);
    expect([...outlierChannels(Float32Array.of(2, 2, 2, 2), 4, 1)]).toEqual([0]);
  });

  test('signs are as many up as down, and differ between parts', () => {
    const sum = (chunk: number) => Array.from({ length: 128 }, (_, i) => sketchSign(i, chunk)).reduce((a, b) => a + b);
    for (const chunk of [0, 1, 2, 3]) expect(Math.abs(sum(chunk))).toBeLessThan(40);
    const same = Array.from({ length: 128 }, (_, i) => sketchSign(i, 0) * sketchSign(i, 1)).reduce((a, b) => a + b);
    expect(Math.abs(same)).toBeLessThan(40);
  });
});

/** Scores q . k of normal numbers against those of what the signs stand for: the estimate is right on average. */
test.each([1, 2, 4])('with %i bits a channel, scores keep their size on average', (bits) => {
  const next = normals(4, `sketch${bits}`);
  const [width, tokens] = [64, 32 * 24];
  const rows = Float32Array.from({ length: tokens * width }, () => next());
  const side = {
    ...sideOf('sign-sketch', bits, { own: { outliers: 0 } }),
    group: 32 as const,
    along: 'token' as const,
  };
  const back = codec.through(rows, { heads: 1, headDim: width }, side);
  let [cross, energy] = [0, 0];
  for (let at = 0; at < rows.length; at += width) {
    const q = Float32Array.from({ length: width }, () => next());
    const dot = (k: Float32Array) => q.reduce((sum, x, i) => sum + x * k[at + i], 0);
    cross += dot(rows) * dot(back);
    energy += dot(rows) ** 2;
  }
  // One standard deviation of the slope is sqrt((pi / 2 - 1) / bits / tokens) plus what q adds: below 0.04.
  expect(Math.abs(cross / energy - 1)).toBeLessThan(0.12);
});

test('the system has longer sketches in its first layers, with half a sketch for outliers', () => {
  const { k, v, layers, keep } = parseLane('system=qjl');
  expect([k.bits, v.bits, keep.window]).toEqual([2, 2, 128]);
  expect(layers.pairs).toEqual([{ from: 0, to: 14, k: 4, v: 2 }]);
  expect(parseLane('system=qjl earlyLayers=0').layers.pairs).toEqual([]);
});
