import { KvError } from '../errors';
import { checkConfig } from './check';
import type { CacheConfig, Side, SideName } from './config';
import { codecForBits, defaultConfig } from './config';
import type { Param, ParamValue } from './entry';
import { allowed, isChoice } from './entry';
import { ALONG, BITS, GROUP, PREFILL, SCHEME, SELF, SINKS, WINDOW } from './fields';

/**
 * Lane strings: `k=4 v=2 group=64 v.along=token window=32`. The one grammar of eval, links, saved runs and tests.
 * `k` and `v` are bits. A side setting without prefix holds for both sides, with `k.` or `v.` for one (and wins there).
 * Order is free; each word may stand once; what is left out has its default; `formatLane` leaves defaults out.
 */
const SIDES = ['k', 'v'] as const;
const SIDE_PARAMS = [GROUP, ALONG, SCHEME];
const LANE_PARAMS = [WINDOW, SINKS, PREFILL, SELF];
const SIDE_WORDS = ['codec', 'transform', ...SIDE_PARAMS.map((param) => param.key)];
const WORDS = ['system', 'k', 'v', ...SIDE_WORDS, ...LANE_PARAMS.map((param) => param.key)];

const refuse = (message: string): never => {
  throw new KvError('bad-config', message);
};

/** A lane string to its configuration. Throws KvError('bad-config') naming the word and what is allowed. */
export function parseLane(text: string): CacheConfig {
  const words = split(text);
  const config = defaultConfig();
  const system = words.get('system');
  if (system !== undefined) config.system = system;
  for (const name of SIDES) readSide(config[name], name, words);
  const at = (param: Param) => readValue(param, param.key, words.get(param.key)) ?? param.default;
  config.keep = { sinks: at(SINKS) as number, window: at(WINDOW) as number };
  config.prefill = at(PREFILL) as CacheConfig['prefill'];
  config.self = at(SELF) as CacheConfig['self'];
  checkConfig(config);
  return config;
}

function split(text: string): Map<string, string> {
  const words = new Map<string, string>();
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const equals = word.indexOf('=');
    const key = word.slice(0, equals);
    if (equals < 1 || equals === word.length - 1) refuse(`"${word}" in a lane is not key=value.`);
    const [side, own] = key.split('.', 2);
    const isKnown =
      WORDS.includes(key) || ((side === 'k' || side === 'v') && key === `${side}.${own}` && SIDE_WORDS.includes(own));
    if (!isKnown)
      refuse(
        `There is no lane setting "${key}"; known: ${WORDS.join(', ')}, and k. or v. before ${SIDE_WORDS.join(', ')}.`,
      );
    if (words.has(key)) refuse(`"${key}" stands twice in the lane.`);
    words.set(key, word.slice(equals + 1));
  }
  if (words.size === 0) refuse('The lane is empty; write for example k=4 v=4.');
  return words;
}

function readSide(side: Side, name: SideName, words: Map<string, string>): void {
  const bits = readValue(BITS, name, words.get(name));
  if (bits !== undefined) side.bits = bits as number;
  const own = (key: string): [string, string | undefined] =>
    words.has(`${name}.${key}`) ? [`${name}.${key}`, words.get(`${name}.${key}`)] : [key, words.get(key)];
  side.codec = own('codec')[1] ?? codecForBits(side.bits);
  for (const param of SIDE_PARAMS) {
    const value = readValue(param, ...own(param.key));
    if (value !== undefined) Object.assign(side, { [param.key]: value });
  }
  const transform = own('transform')[1];
  if (transform !== undefined) side.transforms = transform === 'none' ? [] : transform.split('+');
}

/** Numbers are written one way only (no sign, no leading zero), so that equal lanes are equal strings. */
function readValue(param: Param, word: string, text: string | undefined): ParamValue | undefined {
  if (text === undefined) return undefined;
  const number = /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : undefined;
  const value = number ?? text;
  const fits = isChoice(param)
    ? param.choices.includes(value)
    : number !== undefined && number >= param.min && number <= param.max && (number - param.min) % param.step === 0;
  if (!fits) refuse(`${word}=${text} is not possible; ${word} may be ${allowed(param)}.`);
  return value;
}

/** The lane string of a configuration, shortest form; `parseLane` gives back an equal configuration. */
export function formatLane(config: CacheConfig): string {
  const words: string[] = config.system === undefined ? [] : [`system=${config.system}`];
  words.push(`k=${config.k.bits}`, `v=${config.v.bits}`);
  sideWords(words, 'codec', config, (side) => (side.codec === codecForBits(side.bits) ? undefined : side.codec));
  for (const param of SIDE_PARAMS) {
    const of = (side: Side) => side[param.key as 'group' | 'along' | 'scheme'];
    sideWords(words, param.key, config, (side) => (of(side) === param.default ? undefined : of(side)));
  }
  sideWords(words, 'transform', config, (side) =>
    side.transforms.length === 0 ? undefined : side.transforms.join('+'),
  );
  const values: [Param, ParamValue][] = [
    [WINDOW, config.keep.window],
    [SINKS, config.keep.sinks],
    [PREFILL, config.prefill],
    [SELF, config.self],
  ];
  for (const [param, value] of values) if (value !== param.default) words.push(`${param.key}=${value}`);
  return words.join(' ');
}

/** Pushes `key=x` when both sides say x, `k.key=x` / `v.key=y` otherwise; undefined = the default, unsaid. */
function sideWords(
  words: string[],
  key: string,
  config: CacheConfig,
  say: (side: Side) => ParamValue | undefined,
): void {
  const [k, v] = [say(config.k), say(config.v)];
  if (k === v) {
    if (k !== undefined) words.push(`${key}=${k}`);
    return;
  }
  if (k !== undefined) words.push(`k.${key}=${k}`);
  if (v !== undefined) words.push(`v.${key}=${v}`);
}
