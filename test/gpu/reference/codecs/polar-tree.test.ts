import { describe, expect, test } from 'vitest';
import { parseLane } from '../../../../gpu/kv/lane';
import { TREE_ANGLES } from '../../../../gpu/kv/polar-angles';
import codec, { throughTree } from '../../../../gpu/reference/codecs/polar-tree';
import { normals } from '../../../fixtures/random';
import { sideOf } from './golden';

/** Lloyd's iteration on a grid: the best four levels for a density on 0 .. pi / 2. */
function lloyd(density: (angle: number) => number): number[] {
  const grid = Array.from({ length: 4000 }, (_, i) => ((i + 0.5) / 4000) * (Math.PI / 2));
  let levels = [0.2, 0.6, 1, 1.35];
  for (let round = 0; round < 150; round++) {
    const [sum, weight] = [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    for (const angle of grid) {
      const cell = levels.slice(1).filter((level, i) => angle > (level + levels[i]) / 2).length;
      sum[cell] += density(angle) * angle;
      weight[cell] += density(angle);
    }
    levels = sum.map((s, i) => s / weight[i]);
  }
  return levels;
}

test.each([0, 1, 2])('the levels at depth %i are the best for their density', (depth) => {
  const power = 2 ** (depth + 1) - 1;
  const best = lloyd((angle) => Math.sin(2 * angle) ** power);
  for (const [i, level] of TREE_ANGLES[depth].entries()) expect(Math.abs(level - best[i])).toBeLessThan(2e-3);
});

describe('sixteen channels', () => {
  test('keep their length, and a lone channel its place but for the middle of its sector', () => {
    const block = new Float32Array(16);
    block[0] = 8;
    const back = throughTree(block);
    expect(Math.hypot(...back)).toBeCloseTo(8, 4);
    // Every upper angle is 0, read as the lowest level; the sector 0 .. 22.5 degrees as 11.25.
    const upper = TREE_ANGLES.reduce((product, levels) => product * Math.cos(levels[0]), 8);
    expect(back[0]).toBeCloseTo(upper * Math.cos(Math.PI / 16), 4);
    expect(back[1]).toBeCloseTo(upper * Math.sin(Math.PI / 16), 4);
  });

  test('signs survive', () => {
    const block = Float32Array.from({ length: 16 }, (_, i) => (i % 3 === 0 ? -1 : 1) * (1 + i / 16));
    expect([...throughTree(block)].map(Math.sign)).toEqual([...block].map(Math.sign));
  });
});

test('normal numbers lose less than with 3 bits a number and more than with 5', () => {
  const next = normals(4, 'tree');
  const rows = Float32Array.from({ length: 1024 * 64 }, () => next());
  const back = codec.through(rows, { heads: 1, headDim: 64 }, { ...sideOf('polar-tree', 4), group: 'head' });
  let [lost, energy] = [0, 0];
  for (const [i, x] of rows.entries()) {
    lost += (x - back[i]) ** 2;
    energy += x * x;
  }
  // The best 3 and 5 bits a number: 0.0345 and 0.0025 (Max 1960).
  expect(lost / energy).toBeLessThan(0.0345);
  expect(lost / energy).toBeGreaterThan(0.0025);
});

test('is the google form of polarquant', () => {
  const { k, v } = parseLane('system=polarquant form=google');
  expect([k.codec, v.codec, k.transforms]).toEqual(['polar-tree', 'polar-tree', ['signs', 'hadamard']]);
});
