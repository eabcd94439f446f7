import type { CacheConfig } from '../../gpu/kv/config';
import { sideAt } from '../../gpu/kv/config';

/** Widths of each layer, from layer 0. */
export const layerBits = (config: CacheConfig, layers: number): { k: number; v: number }[] =>
  Array.from({ length: layers }, (_, layer) => ({
    k: sideAt(config, 'k', layer, layers).bits,
    v: sideAt(config, 'v', layer, layers).bits,
  }));

/** True when layers differ by the configuration. */
export const hasLayerPlan = ({ layers }: CacheConfig): boolean =>
  layers.pairs.length > 0 || layers.skipFirst > 0 || layers.skipLast > 0;
