import { describe, expect, test } from 'vitest';
import { parseLane } from '../../../gpu/kv/lane';
import { PlanePlan } from '../../../gpu/kv/plane-plan';
import { policyFor } from '../../../gpu/kv/registry';
import { EVICTED } from '../../../gpu/kv/slot-entry';

const LAYERS = 2;
const HEADS = 2;
const CAP = 100;

function planeOf(lane: string, hold = false): PlanePlan {
  const config = parseLane(lane);
  const base = Array.from({ length: LAYERS }, () => ({ codes: 0, scales: 0 }));
  return new PlanePlan(base, HEADS, 32, config, 'k', policyFor(config), CAP, hold);
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

/** What every plane reads for each token after ops have run: the token's own number, or nothing. */
class Memory {
  private readonly rows = Array.from({ length: LAYERS * HEADS }, () => new Map<number, number>());

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
    const planes = LAYERS * HEADS;
    return upTo(planes).map((plane) =>
      upTo(plan.length).map((t) => {
        const slot = slots[t * planes + plane];
        return slot === EVICTED ? null : (this.rows[plane].get(slot) ?? -1);
      }),
    );
  }
}

const LANES = ['k=16 v=16 prefill=fp16', 'k=4 v=4 prefill=fp16 window=5', 'k=2 v=2 k.along=token prefill=fp16'];

describe.each(LANES)('%s', (lane) => {
  test.each([false, true])('hold %s: each head reads the rows it holds, wherever they went', (hold) => {
    const plan = planeOf(lane, hold);
    const memory = new Memory();
    const kept = [
      [upTo(20).filter((j) => j % 3 > 0), upTo(20).filter((j) => j > 4)],
      [upTo(20), upTo(20).filter((j) => j < 7)],
    ];
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
            holds.slice(layer * HEADS, (layer + 1) * HEADS).map((set) => [...set]),
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
