import type { SlotTable } from '../kernels/step';
import { SIDES } from './cache-types';
import type { CacheConfig } from './config';
import { isByPlane } from './config';

/**
 * Places the tables of every lane and side: by token, or by token, layer and KV head where those hold different rows. `slots` and
 * `ops` = how many entries there are in all.
 */
export function placeTables(
  { layers, kvHeads }: { layers: number; kvHeads: number },
  configs: readonly CacheConfig[],
  chains: readonly string[][],
  cap: number,
): { tables: SlotTable[]; firstOps: number[]; slots: number; ops: number } {
  const out = { tables: [] as SlotTable[], firstOps: [] as number[], slots: 0, ops: 0 };
  for (const config of configs)
    for (const name of SIDES) {
      const chain = 1 + chains.findIndex((list) => list.join() === config[name].transforms.join());
      const planes = isByPlane(config) ? layers * kvHeads : 1;
      const strides = isByPlane(config)
        ? { layerStride: kvHeads, headStride: 1, tokenStride: planes }
        : { layerStride: 0, headStride: 0, tokenStride: 1 };
      out.tables.push({ first: out.slots, chain, ...strides });
      out.firstOps.push(out.ops);
      out.slots += cap * planes;
      out.ops += planes * (isByPlane(config) ? cap + 2 : 2 * cap);
    }
  return out;
}
