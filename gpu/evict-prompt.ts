import type { KvCache, OpRange } from './kv/cache';
import type { Gathered, LaneEviction } from './kv/lane-eviction';
import type { PromptRows } from './prompt-rows';
import { freshRows, promptQueries } from './prompt-rows';
import { readRange } from './read-range';

/** One layer of the prompt is through: lanes that evict decide what stays of it, and take it. Returns the rows to write. */
export async function evictLayer(
  device: GPUDevice,
  cache: KvCache,
  rows: PromptRows,
  layer: number,
): Promise<OpRange[]> {
  const { prompt, streamOf } = rows;
  const all = Array.from({ length: prompt }, (_, j) => j);
  const kept = new Map<number, readonly ArrayLike<number>[]>();
  for (const eviction of cache.evictions.lanes) {
    const held = Array.from({ length: cache.model.kvHeads }, () => all);
    const decided = eviction.actsAfter(0)
      ? eviction.decide(layer, prompt, held, await gatherPrompt(device, cache, rows, eviction, layer))
      : null;
    kept.set(eviction.lane, decided ?? [all]);
  }
  return cache.fillLayer(
    layer,
    (lane) => kept.get(lane) ?? [all],
    (lane, j) => streamOf[lane] * prompt + j,
  );
}

async function gatherPrompt(
  device: GPUDevice,
  cache: KvCache,
  rows: PromptRows,
  eviction: LaneEviction,
  layer: number,
): Promise<Gathered> {
  const { keys, values, queries } = eviction.needs;
  const { collector } = cache.evictions;
  const out: Gathered = {};
  const range = collector.rangeOf(eviction.lane, layer);
  if (range) out.sums = new Float32Array(await readRange(device, collector.sums, range.offset, range.size));
  if (keys) out.keys = await freshRows(device, cache, rows, eviction.lane, 0);
  if (values) out.values = await freshRows(device, cache, rows, eviction.lane, 1);
  if (queries && rows.queries) out.queries = await promptQueries(device, cache, rows, eviction.lane);
  return out;
}
