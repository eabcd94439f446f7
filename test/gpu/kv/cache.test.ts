import { describe, expect, test } from 'vitest';
import type { Buffers } from '../../../gpu/buffers';
import { KvCache } from '../../../gpu/kv/cache';
import { shadowConfig } from '../../../gpu/kv/config';
import { parseLane } from '../../../gpu/kv/lane';
import type { SidePlan } from '../../../gpu/kv/side-plan';
import { NEVER } from '../../../gpu/kv/side-plan';
import type { ModelConfig } from '../../../gpu/model/config';

const model = { layers: 1, kvHeads: 1, headDim: 32 } as ModelConfig;
const TOKENS = 80;

/** A cache without a device: only its plans are looked at. */
function cacheOf(lane: string, live = false, prompt = TOKENS): KvCache {
  const buffers = { storage: () => ({}), device: { queue: { writeBuffer: () => {} } } } as unknown as Buffers;
  return new KvCache(buffers, model, [shadowConfig(), parseLane(lane)], { cap: TOKENS + 40, prompt, live, seed: 0 });
}

const LANES = [
  'k=4 v=4',
  'k=4 v=4 prefill=fp16',
  'k=16 v=2 sinks=3 window=9',
  'k=4 v=4 along=token window=5 sinks=2',
  'k=4 v=4 along=token prefill=fp16',
  'k=4 v=4 self=fp16',
];

describe.each(LANES)('%s', (lane) => {
  test.each([false, true])('live %s: a prompt at once leaves what tokens one by one leave', (live) => {
    const atOnce = cacheOf(lane, live);
    const oneByOne = cacheOf(lane, live);
    const { ops } = atOnce.prefill(TOKENS, (_, j) => j);
    for (let t = 0; t < TOKENS; t++) oneByOne.append(() => t);
    for (const s of [0, 1]) {
      const [plan, other] = [sides(atOnce)[s], sides(oneByOne)[s]];
      expect(places(plan)).toEqual(places(other));
      expect(plan.census()).toEqual(other.census());
      const memory = new Map(ops[2 + s].map(({ to, source }) => [to, source]));
      expect(Array.from(plan.slots.subarray(0, TOKENS), (slot) => memory.get(slot))).toEqual(rows(0, TOKENS));
      if (live) {
        const original = Number(plan.originalsClass);
        expect(rows(0, TOKENS).map((j) => memory.get(((original << 28) | j) >>> 0))).toEqual(rows(0, TOKENS));
      }
    }
    for (let t = TOKENS; t < TOKENS + 40; t++) {
      for (const cache of [atOnce, oneByOne]) cache.append(() => t);
      expect(places(sides(atOnce)[0])).toEqual(places(sides(oneByOne)[0]));
    }
  });

  test('prompt queries see a row coded from the step on which feeding one by one would have sealed it', () => {
    const { sealed, ops } = cacheOf(lane).prefill(TOKENS, (_, j) => j);
    const oneByOne = cacheOf(lane);
    const times = [0, 1].map(() => new Uint32Array(TOKENS).fill(NEVER));
    for (let t = 0; t < TOKENS; t++) {
      oneByOne.append(() => t);
      for (const s of [0, 1]) {
        const plan = sides(oneByOne)[s];
        for (let j = 0; j <= t; j++) if (plan.isCoded(plan.slots[j])) times[s][j] = Math.min(times[s][j], t);
      }
    }
    const asWritten = lane.includes('prefill=fp16');
    for (const s of [0, 1]) {
      expect(sealed[2 + s]).toEqual(asWritten ? new Uint32Array(TOKENS).fill(NEVER) : times[s]);
      const order = ops[2 + s].map(({ time }) => time);
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      if (asWritten) expect(new Set(order)).toEqual(new Set([TOKENS - 1]));
    }
  });
});

test('lanes lie one behind the other', () => {
  const buffers = { storage: () => ({}), device: { queue: { writeBuffer: () => {} } } } as unknown as Buffers;
  const lanes = ['k=4 v=2', 'k=2 v=16 window=4', 'k=3 v=3 along=token'].map(parseLane);
  const { plans } = new KvCache(buffers, model, [shadowConfig(), ...lanes], {
    cap: 50,
    prompt: 0,
    live: true,
    seed: 0,
  });
  for (const s of [0, 1]) {
    let [codes, scales] = [0, 0];
    for (const { arena } of plans.map((sides) => sides[s])) {
      const { codeBase, header } = arena.classes[0].layers[0];
      expect([codeBase, header]).toEqual([codes, scales]);
      codes += arena.words(0).codes;
      scales += arena.words(0).scales;
    }
  }
});

/** The plans of lane 1, which does not evict. */
const sides = (cache: KvCache): SidePlan[] => cache.plans[1] as SidePlan[];

/** Slot entries of coded rows; of exact ones the class, as their slots go round. */
const places = (plan: SidePlan): number[] =>
  Array.from(plan.slots, (slot) => (plan.isCoded(slot) ? slot : (slot >>> 28) * 2 ** 28));

const rows = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
