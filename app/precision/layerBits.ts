import type { CacheConfig } from '../../gpu/kv/config';
import { sideAt } from '../../gpu/kv/config';
import type { State } from '../store';
import { bitsWanted, laneWith } from './bits';

/** Widths of each layer, from layer 0. */
export const layerBits = (config: CacheConfig, layers: number): { k: number; v: number }[] =>
  Array.from({ length: layers }, (_, layer) => ({
    k: sideAt(config, 'k', layer, layers).bits,
    v: sideAt(config, 'v', layer, layers).bits,
  }));

/** True when layers differ. */
export const hasLayerPlan = ({ layers }: CacheConfig): boolean =>
  layers.pairs.length > 0 || layers.skipFirst > 0 || layers.skipLast > 0;

/** The lane on show; what a run worked out from the model (widths by its norms) stands in place of what was asked for. */
export function plannedLane(s: State): CacheConfig {
  const lane = laneWith(s, bitsWanted(s));
  const ran = s.edits === s.runEdits ? s.runInfo?.configs[s.lane] : undefined;
  return ran ? { ...lane, layers: ran.layers } : lane;
}
