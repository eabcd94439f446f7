import type { Plan } from './cache-types';
import type { CacheConfig } from './config';
import { sideAt } from './config';
import type { LaneEviction } from './lane-eviction';

/** What the policies of a lane have decided so far: for results, charts and tests. Empty for a lane that decides nothing. */
export interface Decisions {
  /** Widths [K, V] of every layer, where not all layers have the same. */
  pairs?: [number, number][];
  /** Positions that each KV head of each layer holds, as ranges `0-3,40-83`; one text where all heads hold the same. */
  kept?: string[][];
  /** What the eviction measured of each layer (SimLayerKV: the share S), and what it is compared with. */
  layers?: { values: (number | null)[]; threshold: number };
}

export function decisionsOf(
  config: CacheConfig,
  layers: number,
  plan: Plan,
  eviction: LaneEviction | undefined,
): Decisions {
  const pairs = Array.from({ length: layers }, (_, l): [number, number] => [
    sideAt(config, 'k', l, layers).bits,
    sideAt(config, 'v', l, layers).bits,
  ]);
  const out: Decisions = {};
  if (pairs.some(([k, v]) => k !== pairs[0][0] || v !== pairs[0][1])) out.pairs = pairs;
  if (!eviction || !('held' in plan)) return out;
  const heads = plan.held.length / layers;
  out.kept = Array.from({ length: layers }, (_, l) => {
    const texts = plan.held.slice(l * heads, (l + 1) * heads).map(ranges);
    return texts.every((text) => text === texts[0]) ? [texts[0]] : texts;
  });
  const { measured } = eviction;
  if (measured) out.layers = measured;
  return out;
}

/** Ascending whole numbers as ranges: 0,1,2,5 -> `0-2,5`. */
export function ranges(positions: readonly number[]): string {
  const out: string[] = [];
  for (let i = 0; i < positions.length; ) {
    let end = i;
    while (positions[end + 1] === positions[end] + 1) end++;
    out.push(end === i ? `${positions[i]}` : `${positions[i]}-${positions[end]}`);
    i = end + 1;
  }
  return out.join(',');
}
