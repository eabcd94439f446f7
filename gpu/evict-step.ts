import type { KvCache } from './kv/cache';
import { heldIn } from './kv/lane-eviction';
import { PlanePlan } from './kv/plane-plan';
import { readRange } from './read-range';

/** After decoded token `step`: every lane that acts decides about all layers, and the cache forgets what leaves. Returns those lanes. */
export async function evictAfter(device: GPUDevice, cache: KvCache, step: number): Promise<number[]> {
  const { collector } = cache.evictions;
  const lanes = cache.evictions.acting(step);
  const read = lanes.map(({ lane }) => {
    const range = collector.rangeOf(lane);
    return range && readRange(device, collector.sums, range.offset, range.size);
  });
  const sums = await Promise.all(read);
  for (const [i, eviction] of lanes.entries()) {
    const { lane } = eviction;
    const [plan] = cache.plans[lane];
    if (!(plan instanceof PlanePlan)) continue;
    const words = collector.rangeOf(lane)?.layerWords ?? 0;
    for (let layer = 0; layer < cache.model.layers; layer++) {
      const data = sums[i];
      const gathered = data ? { sums: new Float32Array(data, layer * words * 4, words) } : {};
      const kept = eviction.decide(layer, plan.length, heldIn(plan, layer), gathered);
      if (kept) cache.keep(lane, layer, kept);
    }
    cache.kept(lane);
  }
  return lanes.map(({ lane }) => lane);
}

/** After decoded token `step`: lanes that sort tokens by salience do so with those that came since the last time. */
export async function sortAfter(device: GPUDevice, cache: KvCache, step: number): Promise<void> {
  const { collector, mixes } = cache.evictions;
  for (const mix of mixes.filter((one) => one.actsAfter(step))) {
    const range = collector.rangeOf(mix.lane);
    if (!range) continue;
    const data = await readRange(device, collector.sums, range.offset, range.size);
    const words = range.layerWords;
    for (let layer = 0; layer < cache.model.layers; layer++) {
      const sums = new Float32Array(data, layer * words * 4, words);
      cache.sort(mix.lane, layer, mix.sortNewest(sums, cache.plans[mix.lane][0].length));
    }
  }
}
