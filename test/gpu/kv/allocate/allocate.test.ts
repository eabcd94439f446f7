import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allocateBits } from '../../../../gpu/kv/allocate/bits';
import { allocateGroups } from '../../../../gpu/kv/allocate/groups';
import { hasShared, shared } from '../../../setup/env';

test('bits by hand: one layer whose key norm is twice the value norm', () => {
  // Errors 4 and 1. Gains per bit from 1 to 2 bits: 4 (1/4 - 1/16) = .75 and .1875; K to 3: 4 (1/16 - 1/64) = .1875, a tie that the
  // key, first in order, keeps.
  const norms = { k: [2], v: [1] };
  expect(allocateBits(norms, 1.5, [1, 2, 3])).toEqual({ k: [2], v: [1], used: 3 });
  expect(allocateBits(norms, 2, [1, 2, 3])).toEqual({ k: [3], v: [1], used: 4 });
  expect(allocateBits(norms, 9, [1, 2, 3])).toEqual({ k: [3], v: [3], used: 6 });
});

test('bits: a step that does not fit leaves the room to a smaller one', () => {
  expect(allocateBits({ k: [100], v: [1] }, 1.3, [1, 1.58, 3])).toEqual({ k: [1.58], v: [1], used: 2.58 });
});

test('groups by hand: the optimum lies on the ladder, or single steps go from the nearest sizes to the target', () => {
  expect(allocateGroups({ k: [4], v: [1] }, 25.6)).toMatchObject({ k: [16], v: [64] });
  // 20 and 80 become 16 and 64: 1/16 + 1/64 is above 2/32. K's step would go past it; V's two steps do not.
  expect(allocateGroups({ k: [4], v: [1] }, 32)).toMatchObject({ k: [16], v: [256] });
  expect(allocateGroups({ k: [1, 1], v: [1, 1] }, 64)).toEqual({ k: [64, 64], v: [64, 64], meanInverse: 1 / 64 });
});

const GOLDEN = 'golden/systems_small.json';

interface Vector {
  k: number[];
  v: number[];
  used?: number;
  mean_inv?: number;
}

describe.skipIf(!hasShared(GOLDEN))('golden allocator vectors', () => {
  const golden = hasShared(GOLDEN) ? JSON.parse(readFileSync(shared(GOLDEN), 'utf8')).allocators : {};
  const rows = Object.keys(golden).filter((name) => /budget/.test(name));

  test.each(rows)('%s', (name) => {
    const want: Vector = golden[name];
    const budget = Number(/budget([\d.]+)/.exec(name)?.[1]);
    const norms = normsOf(name);
    if (want.mean_inv !== undefined) {
      const plan = allocateGroups(norms, budget);
      expect(plan).toEqual({ k: want.k, v: want.v, meanInverse: want.mean_inv });
      return;
    }
    const plan = name.endsWith('int1to8')
      ? allocateBits(norms, budget, [1, 2, 3, 4, 5, 6, 7, 8])
      : allocateBits(norms, budget);
    expect({ k: plan.k, v: plan.v }).toEqual({ k: want.k, v: want.v });
    expect(plan.used).toBeCloseTo(want.used!, 9);
  });

  function normsOf(name: string): { k: number[]; v: number[] } {
    const smol = golden.smollm2_q4_1_norms;
    if (name.startsWith('demo')) return golden.norms_demo;
    return name.includes('_fro_') ? { k: smol.fro_k, v: smol.fro_v } : { k: smol.spec_k, v: smol.spec_v };
  }
});
