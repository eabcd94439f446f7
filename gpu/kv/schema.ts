import * as v from 'valibot';
import { KvError } from '../errors';
import { checkConfig } from './check';
import type { CacheConfig, Side } from './config';
import { codecForBits } from './config';
import type { ChoiceParam, Param, RangeParam } from './entry';
import { allowed } from './entry';
import {
  ALONG,
  BITS,
  GROUP,
  LANE_PARAMS,
  PREFILL,
  REQUANT,
  SCHEME,
  SELF,
  SIDE_PARAMS,
  SINK_FROM,
  SINK_RULE,
  SINKS,
  SKIP_FIRST,
  SKIP_LAST,
  WINDOW,
  WINDOW_RULE,
} from './fields';

/** A `CacheConfig` from a JSON file: any field may be left out, unknown keys and impossible values are refused by name. */
const choice = (param: ChoiceParam) => v.optional(v.picklist(param.choices, `may be ${allowed(param)}`), param.default);

const whole = (param: RangeParam) => {
  const text = `may be ${allowed(param)}`;
  return v.optional(
    v.pipe(v.number(text), v.integer(text), v.minValue(param.min, text), v.maxValue(param.max, text)),
    param.default,
  );
};

const settings = v.record(v.string(), v.union([v.number(), v.string()], 'must be a number or a word'));
const layerNumber = v.pipe(v.number('must be a layer'), v.integer('must be a layer'), v.minValue(0, 'must be a layer'));

const side = v.strictObject({
  codec: v.optional(v.string('must be a codec id')),
  bits: choice(BITS),
  group: choice(GROUP),
  along: choice(ALONG),
  scheme: choice(SCHEME),
  transforms: v.optional(v.array(v.string('must be a transform id'), 'must be a list of transform ids'), []),
  domain: v.optional(v.picklist(['preRope', 'postRope'], 'may be preRope, postRope')),
  own: v.optional(settings),
});

const allocate = v.strictObject({ score: v.picklist(['frobenius', 'spectral']), budget: v.number('must be a number') });
const pair = v.strictObject({ from: layerNumber, to: layerNumber, k: choice(BITS), v: choice(BITS) });

const cacheConfig = v.strictObject({
  system: v.optional(v.string('must be a system id')),
  options: v.optional(settings),
  k: v.optional(side, {}),
  v: v.optional(side, {}),
  keep: v.optional(
    v.strictObject({
      sinks: whole(SINKS),
      sinkRule: choice(SINK_RULE),
      sinkFrom: whole(SINK_FROM),
      window: whole(WINDOW),
      windowRule: choice(WINDOW_RULE),
      requantOnFlush: choice(REQUANT),
    }),
    {},
  ),
  layers: v.optional(
    v.strictObject({
      pairs: v.optional(v.array(pair), []),
      skipFirst: whole(SKIP_FIRST),
      skipLast: whole(SKIP_LAST),
      allocate: v.optional(allocate),
    }),
    {},
  ),
  prefill: choice(PREFILL),
  self: choice(SELF),
});

/** Plain data to a complete, checked configuration. Throws KvError('bad-config') naming the field. */
export function readConfig(data: unknown): CacheConfig {
  const result = v.safeParse(cacheConfig, data, { abortEarly: true });
  if (!result.success) throw refusal(result.issues[0]);
  const { system, options, k, v: values, keep, layers, prefill, self } = result.output;
  const config = {
    ...(system === undefined ? {} : { system }),
    ...(options === undefined ? {} : { options }),
    k: withCodec(k),
    v: withCodec(values),
    keep,
    layers,
    prefill,
    self,
  } as CacheConfig;
  checkConfig(config);
  return config;
}

const withCodec = (read: v.InferOutput<typeof side>): Side =>
  ({ ...read, codec: read.codec ?? codecForBits(Number(read.bits)) }) as Side;

function refusal(issue: v.BaseIssue<unknown>): KvError {
  const path = v.getDotPath(issue) ?? 'the configuration';
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return new KvError('bad-config', `There is no field "${path}" in a cache configuration.`, '', 'Leave it out.');
  }
  const wrong = issue.received === undefined ? '' : ` ${issue.received}`;
  const rule = issue.type === 'strict_object' ? 'must be an object' : issue.message;
  return new KvError('bad-config', `${path} ${rule}; it is${wrong}.`);
}

/** The parameters that are fields of every configuration, for forms and docs. */
export const CONFIG_PARAMS: readonly Param[] = [BITS, ...SIDE_PARAMS, ...LANE_PARAMS];
