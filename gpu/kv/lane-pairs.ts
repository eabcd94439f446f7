import { KvError } from '../errors';
import { find } from './catalog';
import type { CacheConfig, SideName } from './config';
import { isExact, uniformSide } from './config';
import type { ParamValue } from './entry';
import { parseLane } from './lane';
import { possibleWidths, startedAt, widthParam, withWords } from './lane-system';
import { splitWords } from './lane-words';

/** Widths that a grid leaves out though codecs have them: 1 bit says little, 7 lies between two that are there. */
const LEFT_OUT: readonly ParamValue[] = [1, 7];

/** A lane that a grid puts to different widths: the words of a lane, `k` and `v` may be left out. Errors: bad-config. */
export function baseLane(text: string): CacheConfig {
  if (text.trim() === '') return parseLane('k=4 v=4');
  const words = splitWords(text);
  if (words.has('system')) return parseLane(text);
  for (const side of ['k', 'v']) {
    const codec = find('codec', words.get(`${side}.codec`) ?? words.get('codec') ?? 'uniform');
    if (!words.has(side)) words.set(side, String(codec.bits?.includes(4) ? 4 : codec.bits?.at(-1)));
  }
  return parseLane([...words].map(([key, value]) => `${key}=${value}`).join(' '));
}

/**
 * The widths of one side, most bits first: those that the lane's system or codec has, and 16 for a side that stays FP16. A word
 * stands for the width that it says. A side that has none to choose (a system that sets them itself) has an empty list.
 */
export function gridWidths(base: CacheConfig, side: SideName): ParamValue[] {
  const own = ownWidths(base, side).filter((width) => !LEFT_OUT.includes(width));
  const bitsOf = (width: ParamValue) =>
    typeof width === 'number' ? width : withWords(base, { [side]: width })[side].bits;
  const sorted = own.map((width) => ({ width, bits: bitsOf(width) })).sort((a, b) => b.bits - a.bits);
  if (own.length === 0 || sorted[0].bits === 16) return sorted.map(({ width }) => width);
  return [16, ...sorted.map(({ width }) => width)];
}

/** A word without a figure (auto) leaves the width to other settings, so it is none. */
function ownWidths(base: CacheConfig, side: SideName): readonly ParamValue[] {
  if (base.evict || base.layers.allocate) return [];
  if (base.system === undefined)
    return (find('codec', base[side].codec).bits ?? []).filter((bits) => Number(bits) < 16);
  if (!widthParam(base.system, side)) return [];
  return possibleWidths(base, side).filter((width) => /\d/.test(String(width)));
}

/**
 * The base lane with keys and values at these widths. A side at 16 is stored as it is; a lane with such a side is no longer its
 * system's preset, and the other side keeps what the system gave it. Errors: bad-config that names a width it has not.
 */
export function pairOf(base: CacheConfig, k: ParamValue, v: ParamValue): CacheConfig {
  const asked = [
    ['k', k],
    ['v', v],
  ] as const;
  for (const [side, width] of asked) {
    const has = [16, base[side].bits, ...ownWidths(base, side)];
    if (!has.includes(width))
      throw new KvError(
        'bad-config',
        `${side}=${width} is not possible in this grid; it has ${[...new Set(has)].join(', ')}.`,
      );
  }
  const isOwn = ([side, width]: (typeof asked)[number]) => ownWidths(base, side).includes(width);
  let config = base;
  // The system's own widths first: with the other kind the lane is no longer the system's.
  for (const one of [...asked].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)))) {
    const [side, width] = one;
    const bySystem = base.system !== undefined && isOwn(one);
    config = bySystem ? withWords(config, { [side]: width }) : startedAt(config, side, Number(width));
    // Stored as the shadow stores it: groups and a domain of its own would say nothing, or round in another place.
    if (isExact(config[side])) config = { ...config, [side]: uniformSide(16) };
  }
  return config;
}
