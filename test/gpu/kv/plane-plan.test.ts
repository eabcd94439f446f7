import { describe, expect, test } from 'vitest';
import { parseLane } from '../../../gpu/kv/lane';
import { PlanePlan } from '../../../gpu/kv/plane-plan';
import { policyFor } from '../../../gpu/kv/registry';
import { EVICTED } from '../../../gpu/kv/slot-entry';

const LAYERS = 2;
const HEADS = 2;
const CAP = 100;

function planeOf(lane: string, hold = false, copies = 1): PlanePlan {
  const config = parseLane(lane);
  const base = Array.from({ length: LAYERS }, () => ({ codes: 0, scales: 0 }));
  return new PlanePlan(base, HEADS, 32, config, 'k', policyFor(config), CAP, hold, copies);
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

/** What every plane reads for each token after ops have run: the token's own number, or nothing. Copies of a KV head share its slots. */
class Memory {
  private readonly rows = Array.from({ length: LAYERS * HEADS }, () => new Map<number, number>());

  /** `planes` = layers x KV heads. */
  run(ops: { each: number; words: Uint32Array }, planes: number[], freshToken: number | null): void {
    for (const [i, plane] of planes.entries()) {
      const at = (e: number) => (i * ops.each + e) * 2;
      const list = upTo(ops.each).map((e) => [ops.words[at(e)], ops.words[at(e) + 1]]);
      const real = list.filter(([, to]) => to !== EVICTED);
      const read = real.map(([source]) =>
        source < 0x80000000
          ? (freshToken ?? source)
          : this.rows[plane].get((((source >>> 27) & 15) * 2 ** 28 + (source & 0x7ffffff)) >>> 0),
      );
      for (const [n, [, to]] of real.entries()) this.rows[plane].set(to, read[n] as number);
    }
  }

  read(plan: PlanePlan): (number | null)[][] {
    const slots = plan.slots(0, plan.length);
    const planes = LAYERS * plan.heads;
    return upTo(planes).map((plane) =>
      upTo(plan.length).map((t) => {
        const slot = slots[t * planes + plane];
        const kvPlane = Math.floor((plane * HEADS) / plan.heads);
        return slot === EVICTED ? null : (this.rows[kvPlane].get(slot) ?? -1);
      }),
    );
  }
}

const LANES = ['k=16 v=16 prefill=fp16', 'k=4 v=4 prefill=fp16 window=5', 'k=2 v=2 k.along=token prefill=fp16'];

describe.each(LANES)('%s', (lane) => {
  test.each([
    [false, 1],
    [true, 1],
    [false, 3],
    [true, 3],
  ])('hold %s, %i copies: each head reads the rows it holds, wherever they went', (hold, copies) => {
    const plan = planeOf(lane, hold, copies);
    const memory = new Memory();
    const lists = [
      [upTo(20).filter((j) => j % 3 > 0), upTo(20).filter((j) => j > 4)],
      [upTo(20), upTo(20).filter((j) => j < 7)],
    ];
    // Each copy lets another row go.
    const kept = lists.map((heads) =>
      heads.flatMap((rows) => upTo(copies).map((copy) => (copies > 1 ? rows.filter((j) => j !== 5 + copy) : rows))),
    );
    for (const layer of [0, 1]) {
      const planes = [layer * HEADS, layer * HEADS + 1];
      memory.run(
        plan.fill(layer, kept[layer], (j) => j),
        planes,
        null,
      );
    }
    plan.length = 20;
    const holds = kept.flat().map((rows) => new Set(rows));
    for (let t = 20; t < 90; t++) {
      memory.run(plan.append(0), upTo(LAYERS * HEADS), t);
      for (const set of holds) set.add(t);
      if (t === 30) plan.release();
      if (t % 4 === 0) {
        const gone = t - 9;
        for (const set of holds) set.delete(gone);
        for (const layer of [0, 1])
          plan.keep(
            layer,
            holds.slice(layer * plan.heads, (layer + 1) * plan.heads).map((set) => [...set]),
          );
      }
      const want = holds.map((set) => upTo(plan.length).map((j) => (set.has(j) ? j : null)));
      expect(memory.read(plan)).toEqual(want);
    }
  });
});

test('bytes count the rows that are held, per layer', () => {
  const plan = planeOf('k=16 v=16 prefill=fp16');
  plan.fill(0, [[0, 1, 2], [0]], (j) => j);
  plan.fill(1, [upTo(10)], (j) => j);
  plan.length = 10;
  const rows = (layer: number) => plan.census(layer).coded.reduce((sum, c) => sum + c.rows, 0);
  expect([rows(0), rows(1)]).toEqual([2, 10]);
});

test('every copy counts, and has room of its own', () => {
  const [one, three] = [1, 3].map((copies) => {
    const plan = planeOf('k=4 v=4 prefill=fp16 window=5', false, copies);
    for (const layer of upTo(LAYERS)) plan.fill(layer, [upTo(12)], (j) => j);
    plan.length = 12;
    return plan;
  });
  const rows = (plan: PlanePlan) => [plan.census(0).coded[0].rows, plan.census(0).exact];
  expect(rows(one)).toEqual([7, 5]);
  expect(rows(three)).toEqual([21, 15]);
  const room = (plan: PlanePlan) => [plan.arena.words(0).codes, plan.arena.words(0).scales];
  expect(room(three)).toEqual(room(one).map((words) => 3 * words));
});
