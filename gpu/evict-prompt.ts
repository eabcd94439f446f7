import type { KvCache } from './kv/cache';
import type { OpRange, PromptRowsKept } from './kv/cache-types';
import { isByPlane } from './kv/config';
import type { Gathered, LaneEviction } from './kv/lane-eviction';
import { massiveTokens } from './kv/massive';
import type { PromptRows } from './prompt-rows';
import { freshRows, promptQueries } from './prompt-rows';
import { readRange } from './read-range';

/** Prompt tokens by lane that a layer keeps exact for the size of their activations; `pass.hidden` is the layer's input still. */
export async function findSinks(
  device: GPUDevice,
  cache: KvCache,
  { pass, prompt, streamOf }: PromptRows,
  layer: number,
): Promise<Map<number, number[]>> {
  const found = new Map<number, number[]>();
  const { hidden } = cache.model;
  for (const [lane, { keep }] of cache.configs.entries()) {
    if (keep.sinkRule === 'first' || keep.sinks === 0 || layer < keep.sinkFrom) continue;
    const size = prompt * hidden * 4;
    const input = new Float32Array(await readRange(device, pass.hidden, streamOf[lane] * size, size));
    found.set(lane, massiveTokens(input, hidden, keep));
  }
  return found;
}

/**
 * It is decided what stays of one layer of the prompt, by plane: when it is through, or (`early`) before, in lanes whose prompt queries
 * see coded rows. Returns the rows to write.
 */
export async function fillLayer(
  device: GPUDevice,
  cache: KvCache,
  rows: PromptRows,
  layer: number,
  sinks: ReadonlyMap<number, number[]>,
  early: boolean,
): Promise<OpRange[]> {
  const { prompt, streamOf } = rows;
  const all = Array.from({ length: prompt }, (_, j) => j);
  const held = Array.from({ length: cache.model.kvHeads }, () => all);
  const decided = new Map<number, PromptRowsKept>();
  for (const [lane, config] of cache.configs.entries()) {
    if (!isByPlane(config) || cache.isEarly(lane) !== early) continue;
    const mix = cache.evictions.mixOf(lane);
    if (mix) {
      const sums = await sumsOf(device, cache, lane, layer);
      decided.set(lane, { kept: [all], pinned: [], classes: mix.sortPrompt(sums, prompt) });
      continue;
    }
    const eviction = cache.evictions.of(lane);
    const kept = eviction?.actsAfter(0)
      ? eviction.decide(layer, prompt, held, await gatherPrompt(device, cache, rows, eviction, layer))
      : null;
    decided.set(lane, { kept: kept ?? [all], pinned: sinks.get(lane) ?? [] });
  }
  return cache.fillLayer(layer, decided, (lane, j) => streamOf[lane] * prompt + j);
}

async function gatherPrompt(
  device: GPUDevice,
  cache: KvCache,
  rows: PromptRows,
  eviction: LaneEviction,
  layer: number,
): Promise<Gathered> {
  const { keys, values, queries } = eviction.needs;
  const out: Gathered = {};
  if (eviction.needs.attention) out.sums = await sumsOf(device, cache, eviction.lane, layer);
  if (keys) out.keys = await freshRows(device, cache, rows, eviction.lane, 0);
  if (values) out.values = await freshRows(device, cache, rows, eviction.lane, 1);
  if (queries && rows.queries) out.queries = await promptQueries(device, cache, rows, eviction.lane);
  return out;
}

/** What the keys of one layer got so far: [sums][cap]. */
async function sumsOf(device: GPUDevice, { evictions }: KvCache, lane: number, layer: number): Promise<Float32Array> {
  const { collector } = evictions;
  const { offset, size } = collector.rangeOf(lane, layer) as { offset: number; size: number };
  return new Float32Array(await readRange(device, collector.sums, offset, size));
}
