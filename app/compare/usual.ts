import { catalogue } from '../../gpu/kv/catalog';
import type { CacheConfig } from '../../gpu/kv/config';
import { defaultConfig } from '../../gpu/kv/config';
import { presetConfig } from '../../gpu/kv/lane-system';
import { MOST_LANES } from '../settings';

/** Systems that a first comparison starts with, best known first; what is not there is passed over. */
const FIRST = ['kivi', 'llamacpp', 'hf', 'lmdeploy', 'turboquant', 'quarot', 'exllama', 'kvtuner', 'nvfp4', 'adaquant'];

/** As many systems as a run has lanes, each at its defaults; a plain uniform lane stands in where there are fewer. */
export function usualLanes(): CacheConfig[] {
  const ids = catalogue.system.map(({ id }) => id);
  const order = [...FIRST.filter((id) => ids.includes(id)), ...ids.filter((id) => !FIRST.includes(id))];
  const lanes = order.slice(0, MOST_LANES).map((id) => presetConfig(id));
  return lanes.length < MOST_LANES ? [...lanes, defaultConfig(4, 2)] : lanes;
}
