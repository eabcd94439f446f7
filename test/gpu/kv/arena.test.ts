import { describe, expect, test } from 'vitest';
import { KvError } from '../../../gpu/errors';
import { Arena, CLASSES } from '../../../gpu/kv/arena';
import { uniformSide } from '../../../gpu/kv/config';
import { atBits } from '../../../gpu/kv/moved';
import { codecs } from '../../../gpu/kv/registry';
import type { SidePlan } from '../../../gpu/kv/side-plan';
import { planOf } from './plan';

test('the class table, as the shaders read it', () => {
  const arena = new Arena([{ codes: 100, scales: 20 }], 3, 64);
  arena.add(() => uniformSide(16), 10);
  arena.add(() => ({ ...uniformSide(3), group: 64, scheme: 'sym', transforms: ['hadamard'] }), 5);
  arena.add(() => ({ ...uniformSide(2), along: 'token' }), 33);
  arena.add(() => ({ ...uniformSide(16), along: 'token' }), 1);
  const place = { codec: (id: string) => codecs.findIndex((codec) => codec.id === id) };
  const rows = Array.from({ length: 4 }, (_, i) => [...arena.table(0).subarray(i * 12, i * 12 + 12)]);
  expect(rows).toEqual([
    // codec (f16, f32, uniform by id), bits, group, flags (1 sym, 2 along token, 4 transformed), places and strides
    [place.codec('f16'), 16, 32, 0, 100, 32, 20, 0, 0, 0, 0, 20],
    [place.codec('uniform'), 3, 64, 5, 100 + 10 * 3 * 32, 6, 20, 1, 0, 0, 0, 20],
    [place.codec('uniform'), 2, 32, 2, 1060 + 5 * 3 * 6, 4, 20 + 5 * 3, 64, 0, 0, 0, 20 + 5 * 3],
    // FP16 rows are written one by one whichever way groups would run
    [place.codec('f16'), 16, 32, 0, 1150 + 64 * 3 * 4, 32, 35 + 2 * 3 * 64, 0, 0, 0, 0, 35 + 2 * 3 * 64],
  ]);
  expect(arena.words(0)).toEqual({ codes: 1150 + 64 * 3 * 4 + 3 * 32 - 100, scales: 35 + 2 * 3 * 64 - 20 });
});

test('a lane holds at most 15 kinds of rows', () => {
  const plan = planOf('k=4 v=4', { cap: 100, live: true });
  let moves = 0;
  const refused = (() => {
    try {
      for (; ; moves++) plan.openClass(() => atBits(uniformSide(4), 1 + (moves % 8)));
    } catch (error) {
      return error;
    }
  })();
  expect(moves).toBe(CLASSES - 2);
  expect(refused).toBeInstanceOf(KvError);
  expect(refused).toMatchObject({ code: 'bad-config', next: 'Apply the next change to the whole cache, or rewind.' });
  plan.recode(() => uniformSide(4));
  plan.openClass(() => uniformSide(2));
});

describe('moves', () => {
  const LANES = [
    'k=4 v=4',
    'k=16 v=16',
    'k=2 v=2 along=token',
    'k=5 v=5 along=token group=64 window=9 sinks=3',
    'k=1 v=1 scheme=sym sinks=1',
    'k=16 v=16 group=64 self=fp16',
  ];
  const WIDTHS = [1, 2, 3, 4, 5, 6, 7, 8, 16];

  test.each(LANES)('%s: any ten moves fit into what was reserved, and no row is lost', (lane) => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = numbers(seed);
      const cap = 1 + random(200);
      const plan = planOf(lane, { cap, live: true });
      const owned = plan.arena.words(0);
      const steps = Array.from({ length: 10 }, () => random(cap)).sort((a, b) => a - b);
      let all = 0;
      for (let t = 0; t < cap; t++) {
        for (const _ of steps.filter((step) => step === t)) {
          const side = atBits(plan.config.k, WIDTHS[random(9)]);
          if (random(3) === 0) {
            all++;
            expect(new Set(plan.recode(() => side).map(({ to }) => to)).size).toBe(coded(plan));
          } else plan.openClass(() => side);
          inside(plan);
        }
        plan.append(t);
      }
      inside(plan);
      expect(plan.arena.words(0)).toEqual(owned);
      expect(new Set(plan.slots).size).toBe(cap);
      expect(all).toBeLessThanOrEqual(10);
    }
  });

  test('the whole cache is coded anew from the originals, in blocks where the side has them', () => {
    const plan = planOf('k=2 v=2 along=token window=3', { cap: 100, live: true });
    for (let t = 0; t < 80; t++) plan.append(t);
    const ops = plan.recode(() => atBits(plan.config.k, 8));
    expect(ops.map(({ source }) => source & 0x7ffffff)).toEqual(Array.from({ length: 64 }, (_, j) => j));
    expect(ops.map(({ to }) => to & 0xfffffff)).toEqual(Array.from({ length: 64 }, (_, j) => j));
    expect(new Set(ops.map(({ source }) => source >>> 27))).toEqual(new Set([16 + Number(plan.originalsClass)]));
    expect(plan.arena.classes.map((c) => c.layers[0].side.bits)).toEqual([16, 16, 8]);
  });
});

const coded = (plan: SidePlan): number =>
  Array.from(plan.slots.subarray(0, plan.length)).filter((slot) => plan.isCoded(slot)).length;

/** Every class lies behind the one before it, and the last one ends inside what the arena owns. */
function inside({ arena, slots, length }: SidePlan): void {
  let [codes, scales] = [0, 0];
  for (const { capacity, used, layers } of arena.classes) {
    const { layout, codeBase, header, scaleBase } = layers[0];
    expect(codeBase).toBeGreaterThanOrEqual(codes);
    expect(header).toBeGreaterThanOrEqual(scales);
    codes = codeBase + capacity * arena.kvHeads * layout.codeWords;
    scales = scaleBase + (capacity / layout.blockTokens) * arena.kvHeads * layout.scaleWords;
    expect(used).toBeLessThanOrEqual(capacity);
  }
  expect(codes).toBeLessThanOrEqual(arena.words(0).codes);
  expect(scales).toBeLessThanOrEqual(arena.words(0).scales);
  const live = slots.subarray(0, length);
  expect(live.every((slot) => (slot & 0xfffffff) < arena.classes[slot >>> 28].capacity)).toBe(true);
}

/** Whole numbers 0 .. n - 1 from a seeded linear congruential generator. */
function numbers(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}
