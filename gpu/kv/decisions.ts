import type { Plan } from './cache-types';
import { SIDES } from './cache-types';
import type { CacheConfig } from './config';
import { isExact, sideAt } from './config';
import type { LaneEviction } from './lane-eviction';
import { MixPlan } from './mix-plan';
import { SidePlan } from './side-plan';

/** What the policies of a lane have decided so far: for results, charts and tests. Empty for a lane that decides nothing. */
export interface Decisions {
  /** Widths [K, V] of every layer, where not all layers have the same. */
  pairs?: [number, number][];
  /**
   * Positions that each KV head of each layer holds, or each query head where lists go by those, as ranges `0-3,40-83`; one text
   * where all heads hold the same.
   */
  kept?: string[][];
  /** Held positions whose rows are exact now, in the same form: keys, or values where only those are coded. Absent where no row is coded. */
  exact?: string[][];
  /** Positions coded with the fewer bits of two classes (ZipCache, AKVQ-VL), in the same form. */
  classes?: string[][];
  /** Prompt positions that each layer keeps exact for the size of their activations (RotateKV, AKVQ-VL). */
  pinned?: string[];
  /** What the eviction measured of each layer (SimLayerKV: the share S), and what it is compared with. */
  layers?: { values: (number | null)[]; threshold: number };
}

/** `plans` = keys, values. */
export function decisionsOf(
  config: CacheConfig,
  layers: number,
  plans: readonly Plan[],
  eviction: LaneEviction | undefined,
): Decisions {
  const out: Decisions = {};
  const pairs = Array.from({ length: layers }, (_, l): [number, number] => [
    sideAt(config, 'k', l, layers).bits,
    sideAt(config, 'v', l, layers).bits,
  ]);
  if (pairs.some(([k, v]) => k !== pairs[0][0] || v !== pairs[0][1])) out.pairs = pairs;
  const side = isExact(config.k) ? 1 : 0;
  const plan = plans[side];
  if (plan instanceof SidePlan) return out;
  const coded = (layer: number) => !isExact(sideAt(config, SIDES[side], layer, layers));
  const isCoding = pairs.some((_, layer) => coded(layer));
  if (plan instanceof MixPlan) {
    const { planes, length } = plan;
    if (!isCoding) return out;
    out.classes = byHead(layers, planes, ({ low }) => ascending(low));
    out.exact = byHead(layers, planes, ({ low, high }, layer) => {
      const sorted = new Set([...low, ...high]);
      return Array.from({ length }, (_, t) => t).filter((t) => !coded(layer) || !sorted.has(t));
    });
    return out;
  }
  if (eviction) {
    out.kept = byHead(layers, plan.held, (held) => held);
    if (eviction.measured) out.layers = eviction.measured;
  }
  if (isCoding) {
    const rows = plan.planes.map((of, i) => ({ of, held: plan.held[i] }));
    out.exact = byHead(layers, rows, ({ of, held }, layer) =>
      coded(layer) ? held.filter((_, i) => !of.isCoded(of.slots[i])) : held,
    );
  }
  const { bulk } = config;
  if (bulk && isCoding) {
    const rows = plan.planes.map((of, i) => ({ of, held: plan.held[i] }));
    const isLess = (layer: number) => coded(layer) && sideAt(config, SIDES[side], layer, layers).bits > bulk.bits;
    out.classes = byHead(layers, rows, ({ of, held }, layer) =>
      isLess(layer) ? held.filter((_, i) => of.isLow(of.slots[i])) : [],
    );
  }
  const { sinkRule, sinks } = config.keep;
  if (sinkRule !== 'first' && sinks > 0)
    out.pinned = Array.from({ length: layers }, (_, l) => ranges(ascending(plan.pinned[l] ?? [])));
  return out;
}

const ascending = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);

/** Positions of every plane as ranges by layer and head; one text where all heads have the same. */
function byHead<T>(layers: number, planes: readonly T[], of: (plane: T, layer: number) => number[]): string[][] {
  const heads = planes.length / layers;
  return Array.from({ length: layers }, (_, l) => {
    const texts = planes.slice(l * heads, (l + 1) * heads).map((plane) => ranges(of(plane, l)));
    return texts.every((text) => text === texts[0]) ? [texts[0]] : texts;
  });
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
