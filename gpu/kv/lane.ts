import { KvError } from '../errors';
import { checkConfig } from './check';
import type { CacheConfig, Side, SideName } from './config';
import { codecForBits, defaultConfig } from './config';
import type { Param, ParamValue } from './entry';
import { BITS, DOMAIN, LANE_PARAMS, ORDER, SIDE_PARAMS } from './fields';
import { readValue, splitWords } from './lane-words';
import { formatPairs, parsePairs } from './layer-pairs';
import { codecs, systemOf, systems } from './registry';
import type { System } from './system';
import { thenOptions, thenParams } from './then';

/**
 * Lane strings: `k=4 v=2 group=64 v.along=token window=32`, `system=kivi k=2 v=2 window=32`. The one grammar of eval, links,
 * saved runs and tests. `k` and `v` are bits (or words of the system). A side setting without prefix holds for both sides, with
 * `k.` or `v.` for one (and wins there). With a system, its own settings shape the preset and every other word overrides it.
 * Order is free; each word may stand once; what is left out has its default; `formatLane` leaves defaults out.
 */
const SIDES = ['k', 'v'] as const;
const OWN_WORDS = new Set(codecs.flatMap((codec) => codec.params.map((param) => param.key)));
const SIDE_WORDS = ['codec', 'transform', ...SIDE_PARAMS.map((param) => param.key)];
const LANE_WORDS = [...LANE_PARAMS.map((param) => param.key), 'pairs', ORDER.key];
const WORDS = ['system', 'k', 'v', ...SIDE_WORDS, ...LANE_WORDS];

/** A lane string to its configuration. Throws KvError('bad-config') naming the word and what is allowed. */
export function parseLane(text: string): CacheConfig {
  const words = splitWords(text);
  const id = words.get('system');
  const system = id === undefined ? null : systemOf(id);
  for (const key of words.keys()) checkWord(key, system);
  const config = system ? fromSystem(system, words) : defaultConfig();
  const owned = (key: string) => isOwn(system, key);
  const free = new Map([...words].filter(([key]) => !owned(key)));
  for (const name of SIDES) {
    if (!system) {
      config[name].bits = (readValue(BITS, name, words.get(name)) as number | undefined) ?? config[name].bits;
      config[name].codec = codecForBits(config[name].bits);
    }
    readSide(config[name], name, free);
  }
  for (const param of LANE_PARAMS) {
    const value = readValue(param, param.key, free.get(param.key));
    if (value !== undefined) setLane(config, param.key, value);
  }
  const pairs = free.get('pairs');
  if (pairs !== undefined) config.layers.pairs = parsePairs(pairs);
  if (readValue(ORDER, ORDER.key, free.get(ORDER.key)) === 'file') config.k.transforms.unshift('file-order');
  for (const key of free.keys()) checkTaken(key, config, system);
  checkConfig(config);
  return config;
}

/** Refuses words that would say nothing: widths of a system that has none to choose, settings of a codec that is not there. */
function checkTaken(key: string, { k, v }: CacheConfig, system: System | null): void {
  if (system && (key === 'k' || key === 'v'))
    throw new KvError('bad-config', `System ${system.id} leaves no width to choose; "${key}" says nothing here.`);
  const [side, own] = key.includes('.') ? (key.split('.', 2) as [string, string]) : ['', key];
  if (!OWN_WORDS.has(own)) return;
  const sides = side === 'k' ? [k] : side === 'v' ? [v] : [k, v];
  const has = (of: Side) => codecs.find(({ id }) => id === of.codec)?.params.some((param) => param.key === own);
  if (sides.some(has) || SIDE_WORDS.includes(own) || LANE_WORDS.includes(own)) return;
  const names = [...new Set(sides.map(({ codec }) => codec))].join(' and ');
  throw new KvError('bad-config', `Codec ${names} has no setting "${own}".`);
}

function checkWord(key: string, system: System | null): void {
  const [side, own] = key.split('.', 2);
  const isSide = (side === 'k' || side === 'v') && key === `${side}.${own}`;
  if (WORDS.includes(key) || isOwn(system, key) || OWN_WORDS.has(key)) return;
  if (isSide && (SIDE_WORDS.includes(own) || OWN_WORDS.has(own))) return;
  const known = system ? [...systemParams(system).map((param) => param.key), ...WORDS] : WORDS;
  throw new KvError(
    'bad-config',
    `There is no lane setting "${key}"; known: ${[...new Set(known)].join(', ')}, and k. or v. before ${SIDE_WORDS.join(', ')}.`,
  );
}

/** The preset with the words that are the system's own; `options` keeps those that differ from its defaults. */
function fromSystem(system: System, words: Map<string, string>): CacheConfig {
  const options: Record<string, ParamValue> = {};
  for (const param of systemParams(system)) {
    const value = readValue(param, param.key, words.get(param.key));
    if (value !== undefined && value !== param.default) options[param.key] = value;
  }
  return presetOf(system, options);
}

/** A system's own settings, `k` and `v` among them where it has widths to choose from. */
export const systemParams = (system: System): readonly Param[] => [
  ...(system.bits.length === 0
    ? []
    : SIDES.map((key): Param => ({ ...BITS, key, choices: system.bits, default: system.widths[key] }))),
  ...system.params,
  ...(system.evicts ? thenParams(systems.filter(({ evicts }) => !evicts).map(({ id }) => id)) : []),
];

const isOwn = (system: System | null, key: string): boolean =>
  system !== null && systemParams(system).some((param) => param.key === key);

/** What a system's settings stand for. `options` = those that differ from its defaults. Errors: bad-config. */
export function presetOf(system: System, options: Record<string, ParamValue>): CacheConfig {
  const values: Record<string, ParamValue> = {};
  for (const param of systemParams(system)) values[param.key] = options[param.key] ?? param.default;
  const built = composed(system.build(values), values);
  return { ...built, system: system.id, ...(Object.keys(options).length > 0 ? { options } : {}) };
}

/** An eviction whose remaining rows another system codes: that system's preset, with the rows that leave added. */
function composed(built: CacheConfig, values: Readonly<Record<string, ParamValue>>): CacheConfig {
  if (values.then === undefined || values.then === 'none') return built;
  const { id, options } = thenOptions(values);
  const { system: _, options: __, ...inner } = presetOf(systemOf(id), options);
  return { ...inner, prefill: built.prefill, evict: built.evict };
}

function readSide(side: Side, name: SideName, words: Map<string, string>): void {
  const own = (key: string): [string, string | undefined] =>
    words.has(`${name}.${key}`) ? [`${name}.${key}`, words.get(`${name}.${key}`)] : [key, words.get(key)];
  side.codec = own('codec')[1] ?? side.codec;
  for (const param of SIDE_PARAMS) {
    const value = readValue(param, ...own(param.key));
    if (value !== undefined) Object.assign(side, { [param.key]: value });
  }
  if (side.domain === 'postRope') delete side.domain;
  const transform = own('transform')[1];
  if (transform !== undefined) side.transforms = transform === 'none' ? [] : transform.split('+');
  for (const param of codecs.find(({ id }) => id === side.codec)?.params ?? []) {
    const value = readValue(param, ...own(param.key));
    if (value !== undefined) setOwn(side, param, value);
  }
}

function setOwn(side: Side, param: Param, value: ParamValue): void {
  const { [param.key]: _, ...rest } = side.own ?? {};
  const own = value === param.default ? rest : { ...rest, [param.key]: value };
  if (Object.keys(own).length > 0) side.own = own;
  else delete side.own;
}

function setLane(config: CacheConfig, key: string, value: ParamValue): void {
  const home = key in config.keep ? config.keep : key in config.layers ? config.layers : config;
  Object.assign(home, { [key]: value });
}

const getLane = (config: CacheConfig, key: string): ParamValue =>
  ({ ...config, ...config.keep, ...config.layers })[key as 'prefill' | 'window'];

/** The lane string of a configuration, shortest form; `parseLane` gives back an equal configuration. */
export function formatLane(config: CacheConfig): string {
  const system = config.system === undefined ? null : systemOf(config.system);
  const base = system ? presetOf(system, config.options ?? {}) : defaultConfig();
  const words: string[] = [];
  if (system) {
    words.push(`system=${system.id}`);
    for (const { key } of systemParams(system)) {
      const value = config.options?.[key];
      if (value !== undefined) words.push(`${key}=${value}`);
    }
  } else words.push(`k=${config.k.bits}`, `v=${config.v.bits}`);
  const codecOf = (c: CacheConfig, name: SideName) => (system ? c[name].codec : codecForBits(config[name].bits));
  const differs = (of: (side: Side) => ParamValue | undefined) => (name: SideName) =>
    of(config[name]) === of(base[name]) ? undefined : of(config[name]);
  const say = (key: string, of: (name: SideName) => ParamValue | undefined) =>
    sideWords(words, key, of, isOwn(system, key));
  say('codec', (name) => (config[name].codec === codecOf(base, name) ? undefined : config[name].codec));
  for (const { key } of SIDE_PARAMS)
    say(
      key,
      differs((side) => side[key as 'group' | 'along' | 'scheme' | 'domain'] ?? DOMAIN.default),
    );
  say(
    'transform',
    differs(({ transforms }) => (transforms.length === 0 ? 'none' : transforms.join('+'))),
  );
  for (const key of OWN_WORDS)
    say(
      key,
      differs((side) => side.own?.[key]),
    );
  for (const { key } of LANE_PARAMS)
    if (getLane(config, key) !== getLane(base, key)) words.push(`${key}=${getLane(config, key)}`);
  const pairs = formatPairs(config.layers.pairs);
  if (pairs !== formatPairs(base.layers.pairs)) words.push(`pairs=${pairs}`);
  return words.join(' ');
}

/**
 * Pushes `key=x` when both sides say x, `k.key=x` / `v.key=y` otherwise; undefined = as in the preset, unsaid. A word that the system
 * has a setting for (`taken`) means that setting, so it is said side by side.
 */
function sideWords(words: string[], key: string, of: (name: SideName) => ParamValue | undefined, taken: boolean): void {
  const [k, v] = SIDES.map(of);
  if (k === v && !taken) {
    if (k !== undefined) words.push(`${key}=${k}`);
    return;
  }
  if (k !== undefined) words.push(`k.${key}=${k}`);
  if (v !== undefined) words.push(`v.${key}=${v}`);
}
