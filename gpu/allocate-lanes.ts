import { allocateBits } from './kv/allocate/bits';
import type { CacheConfig } from './kv/config';
import type { KeyValueNorms, NormKind } from './weight-norms';

/** Lanes whose widths follow from the model's weights get them: a pair for every layer. Other lanes stay as they are. */
export async function allocateLanes(
  lanes: readonly CacheConfig[],
  norms: (kind: NormKind) => Promise<KeyValueNorms>,
): Promise<CacheConfig[]> {
  return Promise.all(
    lanes.map(async (config) => {
      const { allocate } = config.layers;
      if (!allocate) return config;
      const { k, v } = allocateBits(await norms(allocate.score), allocate.budget);
      const pairs = k.map((bits, layer) => ({ from: layer, to: layer, k: bits, v: v[layer] }));
      return { ...config, layers: { ...config.layers, pairs } };
    }),
  );
}
