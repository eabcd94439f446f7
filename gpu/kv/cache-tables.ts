import type { SlotTable } from '../kernels/step';
import { SIDES } from './cache-types';
import type { CacheConfig } from './config';
import { isByPlane } from './config';
import { rowCopies } from './lane-copies';

/**
 * Places the tables of every lane and side: by token, or by token, layer and head where those hold different rows. `slots` and
 * `ops` = how many entries there are in all.
 */
export function placeTables(
  model: { layers: number; heads: number; kvHeads: number },
  configs: readonly CacheConfig[],
  chains: readonly string[][],
  cap: number,
): { tables: SlotTable[]; firstOps: number[]; slots: number; ops: number } {
  const out = { tables: [] as SlotTable[], firstOps: [] as number[], slots: 0, ops: 0 };
  for (const config of configs)
    for (const name of SIDES) {
      const chain = 1 + chains.findIndex((list) => list.join() === config[name].transforms.join());
      const copies = rowCopies(config, model);
      const heads = model.kvHeads * copies;
      const planes = isByPlane(config) ? model.layers * heads : 1;
      const strides = isByPlane(config)
        ? { layerStride: heads, headStride: 1, tokenStride: planes }
        : { layerStride: 0, headStride: 0, tokenStride: 1 };
      out.tables.push({ first: out.slots, chain, ...strides, byQuery: copies > 1 });
      out.firstOps.push(out.ops);
      out.slots += cap * planes;
      out.ops += planes * (isByPlane(config) ? cap + 2 : 2 * cap);
    }
  return out;
}
