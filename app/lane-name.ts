import { find } from '../gpu/kv/catalog';
import type { CacheConfig, SideName } from '../gpu/kv/config';
import { optionOf, overrides, widthParam } from '../gpu/kv/lane-system';

type Bits = Record<SideName, number>;

/** Marks a lane that follows a system and differs from it. */
const CUSTOM = '*';
const LONGEST = 16;

/** A system's name where room is short: its title without what stands in brackets, or its id where that is long. */
function shortTitle(id: string): string {
  const title = find('system', id).title.replace(/ \(.*\)$/, '');
  return title.length > LONGEST ? id : title;
}

/** The short name of the lane's system, with a star when something was changed; empty without one. */
export const systemName = (config: CacheConfig): string =>
  config.system === undefined ? '' : `${shortTitle(config.system)}${overrides(config).length > 0 ? CUSTOM : ''}`;

/** `K4 V2`, or the system's own words: `q8_0`, `K q8_0 V q4_0`. */
export function widthsName(config: CacheConfig, bits: Bits): string {
  const [k, v] = (['k', 'v'] as const).map((side) => {
    const param = config.system === undefined ? undefined : widthParam(config.system, side);
    const word = param && optionOf(config, param);
    // A word without a figure (auto) says no width.
    const says = typeof word === 'string' && /\d/.test(word) && bits[side] === config[side].bits;
    return says ? ` ${word}` : String(bits[side]);
  });
  return k === v && k.startsWith(' ') ? k.slice(1) : `K${k} V${v}`;
}

/** The short name of a lane at these widths: `K4 V2`, `KIVI K2 V2`, `llama.cpp q8_0`. */
export const laneName = (config: CacheConfig, bits: Bits): string =>
  [systemName(config), widthsName(config, bits)].filter((word) => word !== '').join(' ');
