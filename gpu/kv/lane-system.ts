import type { CacheConfig, SideName } from './config';
import type { Param, ParamValue } from './entry';
import { isChoice } from './entry';
import { formatLane, parseLane, presetOf, systemParams } from './lane';
import { splitWords } from './lane-words';
import { formatPairs } from './layer-pairs';
import { atBits } from './moved';
import { codecOf, systemOf } from './registry';

/** What a form needs of a lane: the preset it came from, the words by which it differs, and changes word by word. */

/** A system at its defaults, or with the settings of its own that differ from them. Errors: bad-config. */
export const presetConfig = (id: string, options: Record<string, ParamValue> = {}): CacheConfig =>
  presetOf(systemOf(id), options);

/** The setting that the lane's system has for the width of one side; undefined when it leaves none to choose. */
export const widthParam = (id: string, side: SideName): Param | undefined =>
  systemParams(systemOf(id)).find((param) => param.key === side);

export const optionOf = (config: CacheConfig, param: Param): ParamValue => config.options?.[param.key] ?? param.default;

/** The system's own settings apart from widths, what codes the rows that an eviction leaves among them. */
export const ownParams = (id: string): readonly Param[] =>
  systemParams(systemOf(id)).filter(({ key }) => key !== 'k' && key !== 'v');

export const systemEvicts = (id: string): boolean => systemOf(id).evicts ?? false;

/** Words that are the system's own, so that the settings of the same name act through it. */
export const ownedWords = (id: string): readonly string[] => systemParams(systemOf(id)).map((param) => param.key);

const kept = new WeakMap<CacheConfig, readonly string[]>();

/** The words of the lane that differ from its system's preset: none when it is that preset, or follows no system. */
export function overrides(config: CacheConfig): readonly string[] {
  if (config.system === undefined) return [];
  let words = kept.get(config);
  if (!words) {
    const owned = ['system', ...ownedWords(config.system)];
    words = formatLane(config)
      .split(' ')
      .filter((word) => !owned.includes(word.slice(0, word.indexOf('='))));
    kept.set(config, words);
  }
  return words;
}

/** The lane with some of its words said anew, all others as they were. Errors: bad-config. */
export function withWords(config: CacheConfig, changes: Record<string, ParamValue>): CacheConfig {
  const words = splitWords(formatLane(config));
  for (const [key, value] of Object.entries(changes)) words.set(key, String(value));
  return parseLane([...words].map(([key, value]) => `${key}=${value}`).join(' '));
}

const possible = new WeakMap<CacheConfig, Partial<Record<SideName, readonly ParamValue[]>>>();

/** The words of the system for one side's width that go with the lane's other settings. Empty when it leaves no choice. */
export function possibleWidths(config: CacheConfig, side: SideName): readonly ParamValue[] {
  const param = config.system === undefined ? undefined : widthParam(config.system, side);
  if (!param || !isChoice(param)) return [];
  const known = possible.get(config) ?? {};
  possible.set(config, known);
  known[side] ??= param.choices.filter((word) => {
    try {
      const { bits } = withWords(config, { [side]: word })[side];
      return typeof word === 'string' || bits === word;
    } catch {
      return false;
    }
  });
  return known[side];
}

/** A running lane after a move. */
export function movedTo(config: CacheConfig, side: SideName, bits: number): CacheConfig {
  return config[side].bits === bits ? config : { ...config, [side]: atBits(config[side], bits) };
}

/**
 * The lane at another width from its first step on: the system's own where it has that width, else no longer that system. What only
 * a system can say (rows that leave, allotted widths) keeps its lane as it is.
 */
export function startedAt(config: CacheConfig, side: SideName, bits: number): CacheConfig {
  if (config[side].bits === bits) return config;
  if (config.system === undefined) return movedTo(config, side, bits);
  if (possibleWidths(config, side).includes(bits)) return withWords(config, { [side]: bits });
  if (config.evict || config.mix || config.bulk || config.layers.allocate) return config;
  const { system: _, options: __, ...free } = config;
  return movedTo(free, side, bits);
}

export type NotMoved = 'fraction' | 'codec' | 'evicts' | 'learned' | 'rows';

/** Why a width cannot be moved to while the lane runs; null when it can. */
export function whyNotMoved(config: CacheConfig, side: SideName, bits: number): NotMoved | null {
  if (bits === config[side].bits) return null;
  if (config.evict) return 'evicts';
  if (codecOf(config[side].codec).learn) return 'learned';
  if (codecOf(config[side].codec).groups) return 'rows';
  if (!Number.isInteger(bits)) return 'fraction';
  if (config.system === undefined) return null;
  const [start, move] = [startedAt(config, side, bits)[side], movedTo(config, side, bits)[side]];
  return start.codec === move.codec && start.group === move.group ? null : 'codec';
}

/** The settings of the whole lane by their words. */
export const laneWords = (config: CacheConfig): Record<string, ParamValue> => ({
  prefill: config.prefill,
  self: config.self,
  ...config.keep,
  skipFirst: config.layers.skipFirst,
  skipLast: config.layers.skipLast,
  pairs: formatPairs(config.layers.pairs),
});
