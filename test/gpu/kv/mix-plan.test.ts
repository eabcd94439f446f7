import { expect, test } from 'vitest';
import { parseLane } from '../../../gpu/kv/lane';
import { MixPlan } from '../../../gpu/kv/mix-plan';

const LAYERS = 2;
const HEADS = 2;
const PLANES = LAYERS * HEADS;
const GAP = 4;

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);
const split = (from: number, to: number, seed: number) => {
  const rows = upTo(to - from).map((i) => from + i);
  const low = rows.filter((_, i) => (i + seed) % 4 === 0).slice(0, Math.floor(rows.length / 4));
  return { low, high: rows.filter((j) => !low.includes(j)) };
};

/** Rows that every plane's slots hold after ops have run, all at once as the GPU does. */
function run(
  memory: Map<number, number>[],
  { each, words }: { each: number; words: Uint32Array },
  planes: number[],
  fresh: (source: number) => number,
): void {
  for (const [i, plane] of planes.entries()) {
    const list = upTo(each).map((e) => [words[(i * each + e) * 2], words[(i * each + e) * 2 + 1]]);
    const read = list.map(([source]) =>
      source < 0x80000000
        ? fresh(source)
        : memory[plane].get((((source >>> 27) & 15) * 2 ** 28 + (source & 0x7ffffff)) >>> 0),
    );
    expect(new Set(list.map(([, to]) => to)).size).toBe(each);
    for (const [n, [, to]] of list.entries()) memory[plane].set(to, read[n] as number);
  }
}

test('every head reads its rows wherever they are coded, and newer ones exactly', () => {
  const base = upTo(LAYERS).map(() => ({ codes: 0, scales: 0 }));
  const plan = new MixPlan(base, HEADS, 64, parseLane(`system=zipcache gap=${GAP}`), 'k', 60);
  const memory = upTo(PLANES).map(() => new Map<number, number>());
  for (const layer of upTo(LAYERS)) {
    const lists = upTo(HEADS).map((head) => split(0, 20, layer * HEADS + head));
    run(
      memory,
      plan.fill(layer, lists, (j) => j),
      upTo(HEADS).map((head) => layer * HEADS + head),
      (j) => j,
    );
  }
  plan.filled(20);
  for (let t = 20; t < 50; t++) {
    run(memory, plan.append(0), upTo(PLANES), () => t);
    const slots = plan.slots(0, t + 1);
    for (const plane of upTo(PLANES))
      expect(upTo(t + 1).map((j) => memory[plane].get(slots[j * PLANES + plane]))).toEqual(upTo(t + 1));
    const decoded = t - 19;
    if (decoded % GAP === 0)
      for (const layer of upTo(LAYERS))
        plan.sort(
          layer,
          upTo(HEADS).map((head) => split(t + 1 - GAP, t + 1, head)),
        );
    const { coded, exact } = plan.census();
    expect(coded[0].rows + coded[1].rows + exact).toBe(t + 1);
    expect(exact).toBe(decoded % GAP);
  }
});
