import { find } from '../../gpu/kv/catalog';
import type { CacheConfig, SideName } from '../../gpu/kv/config';
import { en } from '../text/en';
import { bitsOf } from './widths';

/** Who decides which widths a side may have: the system, or the codec. */
export const laneOwner = (config: CacheConfig, side: SideName): string =>
  config.system === undefined ? find('codec', config[side].codec).title : find('system', config.system).title;

export const notPossible = (config: CacheConfig, side: SideName, bits: number): string =>
  en.systems.notPossible(String(bits), laneOwner(config, side), bitsOf(config, side).join(', '));
