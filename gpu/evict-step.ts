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
      const kept = eviction.decide(layer, plan.length, heldIn(plan, layer, cache.model.kvHeads), gathered);
      if (kept) cache.keep(lane, layer, kept);
    }
    cache.kept(lane);
  }
  return lanes.map(({ lane }) => lane);
}
