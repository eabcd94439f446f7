import { expect, test } from 'vitest';
import type { Buffers } from '../../../gpu/buffers';
import { stepWords } from '../../../gpu/kernels/step';
import { KvCache } from '../../../gpu/kv/cache';
import { shadowConfig } from '../../../gpu/kv/config';
import { parseLane } from '../../../gpu/kv/lane';
import { laneBytes } from '../../../gpu/kv/lane-bytes';
import { rowCopies } from '../../../gpu/kv/lane-copies';
import type { ModelConfig } from '../../../gpu/model/config';
import { step } from '../step';

const model = { layers: 2, heads: 6, kvHeads: 2, headDim: 32 } as ModelConfig;
const CAP = 60;
const PROMPT = 40;
const QUERY = 'system=snapkv cap=20 window=8 heads=query';

/** A cache without a device, filled with the last 20 tokens of a prompt, and the words of its buffers by label. */
function cacheOf(lanes: readonly string[]) {
  const words = new Map<string, number>();
  const buffers = {
    storage: (label: string, size: number) => words.set(label, size),
    device: { queue: { writeBuffer: () => {} } },
  } as unknown as Buffers;
  const configs = [shadowConfig(), ...lanes.map(parseLane)];
  const cache = new KvCache(buffers, model, configs, { cap: CAP, prompt: PROMPT, live: false, seed: 0 });
  cache.prefill(PROMPT, (_, j) => j);
  const kept = [Array.from({ length: 20 }, (_, i) => PROMPT - 20 + i)];
  const decided = new Map(lanes.map((_, lane) => [lane + 1, { kept, pinned: [] }]));
  for (let layer = 0; layer < model.layers; layer++) cache.fillLayer(layer, decided, (_, j) => j);
  cache.filled(PROMPT);
  return { cache, words };
}

test.each([
  ['k=4 v=4', 1],
  ['system=snapkv', 1],
  ['system=snapkv heads=query', 3],
  ['system=snapkv heads=query then=kivi4', 3],
  ['system=kvcrush mode=paper', 1],
])('%s keeps a row %i times', (lane, copies) => {
  expect(rowCopies(parseLane(lane), model)).toBe(copies);
  expect(rowCopies(parseLane(lane), { heads: 4, kvHeads: 4 })).toBe(1);
});

test.each(['', ' then=kivi4 then.window=8'])('%s all copies count, in rows, in room and in tables', (then) => {
  const { cache, words } = cacheOf([QUERY + then, `system=snapkv cap=20 window=8${then}`]);
  const [query, kv] = [1, 2].map((lane) => laneBytes(cache.plans[lane], model));
  for (const key of ['codes', 'meta', 'exact', 'k', 'v'] as const) expect(query.bytes[key]).toBe(3 * kv.bytes[key]);
  expect(query.bytes.fp16).toBe(kv.bytes.fp16);
  for (const key of ['k', 'v', 'mean', 'packedMean'] as const)
    expect(query.effectiveBits[key]).toBeCloseTo(3 * kv.effectiveBits[key], 9);
  if (then === '') expect(query.effectiveBits.mean).toBe(3 * 8);
  let allocated = 0;
  for (const [label, size] of words) if (/^(codes|scales)\./.test(label)) allocated += 4 * size;
  const tables = (words.get('slots')! + words.get('classes')!) * 4;
  const reserved = cache.plans.map((plans) => laneBytes(plans, model).bytes.reserved);
  expect(reserved.reduce((sum, bytes) => sum + bytes)).toBe(allocated + tables);
});

test('tables go by query head in the lanes that ask for it, and only there', () => {
  const { cache } = cacheOf([QUERY, 'system=snapkv cap=20']);
  const strides = { headStride: 1, layerStride: model.kvHeads, tokenStride: model.layers * model.kvHeads };
  expect(cache.tables[1]).toMatchObject({ headStride: 0, byQuery: false });
  expect(cache.tables[2]).toMatchObject({ headStride: 1, layerStride: 6, tokenStride: 12, byQuery: true });
  expect(cache.tables[4]).toMatchObject({ ...strides, byQuery: false });
  const mask = (tables: typeof cache.tables) => stepWords(step({ tables })).at(-3);
  expect(mask(cache.tables)).toBe(0b001100);
  expect(mask(cacheOf(['system=snapkv cap=20']).cache.tables)).toBe(0);
});
