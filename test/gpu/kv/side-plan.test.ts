import { describe, expect, test } from 'vitest';
import { exactRows } from '../../../gpu/kv/footprint';
import { parseLane } from '../../../gpu/kv/lane';
import type { Op } from '../../../gpu/kv/side-plan';
import { planOf } from './plan';

/** Which rows are exact (x) and coded (.) after each of `tokens` tokens. */
function picture(lane: string, tokens: number): string[] {
  const plan = planOf(lane, { cap: tokens });
  return Array.from({ length: tokens }, (_, t) => {
    plan.append(t);
    return Array.from({ length: t + 1 }, (_, j) => (plan.isCoded(plan.slots[j]) ? '.' : 'x')).join('');
  });
}

describe('which rows are coded', () => {
  test('by default every row, as soon as it is written', () => {
    expect(picture('k=2 v=2', 3)).toEqual(['.', '..', '...']);
  });

  test('the window counts the own row, sinks stay', () => {
    expect(picture('k=2 v=2 window=2 sinks=1', 5)).toEqual(['x', 'xx', 'xxx', 'x.xx', 'x..xx']);
    expect(picture('k=2 v=2 self=fp16', 3)).toEqual(['x', '.x', '..x']);
  });

  test('blocks of 32 tokens begin after the sinks and are sealed by the window', () => {
    const rows = picture('k=2 v=2 along=token sinks=2 window=3', 70);
    expect(rows[35]).toBe('x'.repeat(36));
    expect(rows[36]).toBe(`xx${'.'.repeat(32)}xxx`);
    expect(rows[67]).toBe(`xx${'.'.repeat(32)}${'x'.repeat(34)}`);
    expect(rows[68]).toBe(`xx${'.'.repeat(64)}xxx`);
  });

  test('a window or sinks longer than the run keep everything exact', () => {
    for (const lane of ['k=2 v=2 window=100000', 'k=2 v=2 sinks=100000', 'k=2 v=2 sinks=5 window=8']) {
      expect(picture(lane, 12)[11]).toHaveLength(12);
    }
    expect(picture('k=2 v=2 sinks=100000', 12)[11]).toBe('x'.repeat(12));
  });
});

const LANES = [
  'k=2 v=2',
  'k=16 v=16',
  'k=4 v=4 self=fp16',
  'k=4 v=4 sinks=3 window=7',
  'k=4 v=4 along=token',
  'k=4 v=4 along=token group=64 window=5 sinks=2',
  'k=16 v=16 along=token window=40',
  'k=3 v=3 along=token self=fp16',
];
const TOKENS = 200;

describe.each(LANES)('%s', (lane) => {
  test('the footprint counts the same rows exact', () => {
    const config = parseLane(lane);
    if (config.k.bits === 16) return;
    picture(lane, 150).forEach((row, i) => {
      expect(row.split('x').length - 1).toBe(exactRows(config, 'k', i + 1, 64));
    });
  });

  test.each([false, true])('live %s: reading every slot gives every row back, whatever was overwritten', (live) => {
    const plan = planOf(lane, { cap: TOKENS, live });
    const memory = new Map<number, number>();
    for (let t = 0; t < TOKENS; t++) {
      perform(plan.append(t), memory, t);
      const rows = Array.from({ length: t + 1 }, (_, j) => j);
      const original = plan.originalsClass;
      expect(rows.filter((j) => memory.get(plan.slots[j]) !== j)).toEqual([]);
      if (original !== null) expect(rows.filter((j) => memory.get(((original << 28) | j) >>> 0) !== j)).toEqual([]);
    }
    for (const c of plan.arena.classes) {
      const used = [...memory.keys()].filter((to) => to >>> 28 === c.index).map((to) => to & 0xfffffff);
      expect(Math.max(-1, ...used)).toBeLessThan(c.capacity);
    }
  });

  test('an append names the oldest token whose slot it changes', () => {
    const plan = planOf(lane, { cap: TOKENS });
    let before = plan.slots.slice();
    for (let t = 0; t < TOKENS; t++) {
      plan.append(t);
      const changed = before.findIndex((slot, j) => j < t && slot !== plan.slots[j]);
      expect(plan.firstChanged).toBe(changed >= 0 ? changed : t);
      before = plan.slots.slice();
    }
  });
});

test('the ring of exact rows is no larger than window, block and one more', () => {
  expect(planOf('k=4 v=4 window=8 sinks=2', { cap: 1000 }).arena.classes[0].capacity).toBe(12);
  expect(planOf('k=4 v=4 along=token window=8', { cap: 1000 }).arena.classes[0].capacity).toBe(41);
  expect(planOf('k=4 v=4', { cap: 1000 }).arena.classes).toHaveLength(1);
});

test('moved rows are written in whole blocks, in order', () => {
  const plan = planOf('k=2 v=2 along=token', { cap: 64 });
  const ops = Array.from({ length: 32 }, (_, t) => plan.append(t)).at(-1) as Op[];
  expect(ops).toHaveLength(32);
  expect(ops.map(({ to }) => to & 0xfffffff)).toEqual(Array.from({ length: 32 }, (_, i) => i));
  expect(ops.slice(0, 31).every(({ source }) => source >= 0x80000000)).toBe(true);
  expect(ops[31].source).toBe(31);
});

/** All ops of a step at once, as the GPU does: reads see what was there before the step, no place is written twice. */
function perform(ops: Op[], memory: Map<number, number>, t: number): void {
  const rows = ops.map(({ source }) => {
    if (source < 0x80000000) return t;
    return memory.get((((source >>> 27) & 15) * 2 ** 28 + (source & 0x7ffffff)) >>> 0);
  });
  const read = new Set(
    ops
      .filter(({ source }) => source >= 0x80000000)
      .map(({ source }) => ((source >>> 27) & 15) * 2 ** 28 + (source & 0x7ffffff)),
  );
  const written = ops.map(({ to }) => to);
  expect(new Set(written).size).toBe(written.length);
  for (const to of written) expect(read.has(to)).toBe(false);
  for (const [i, to] of written.entries()) memory.set(to, rows[i] as number);
}
