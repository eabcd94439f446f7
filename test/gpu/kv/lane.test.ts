import { describe, expect, test } from 'vitest';
import { KvError } from '../../../gpu/errors';
import type { CacheConfig } from '../../../gpu/kv/config';
import { defaultConfig } from '../../../gpu/kv/config';
import { formatLane, parseLane } from '../../../gpu/kv/lane';

test('bits alone: every other field has its default', () => {
  expect(parseLane('k=4 v=2')).toEqual(defaultConfig(4, 2));
  expect(parseLane('k=16 v=3')).toEqual(defaultConfig(16, 3));
  expect(parseLane('v=8')).toEqual(defaultConfig(4, 8));
  expect(formatLane(defaultConfig())).toBe('k=4 v=4');
});

test('every setting, in any order', () => {
  const config = parseLane(
    'self=fp16 k.transform=hadamard prefill=fp16  v.along=token window=32 k=3 v=2 sinks=4 group=64 v.group=32 scheme=sym codec=uniform',
  );
  expect(config).toEqual({
    k: { codec: 'uniform', bits: 3, group: 64, along: 'channel', scheme: 'sym', transforms: ['hadamard'] },
    v: { codec: 'uniform', bits: 2, group: 32, along: 'token', scheme: 'sym', transforms: [] },
    keep: { ...defaultConfig().keep, sinks: 4, window: 32 },
    layers: defaultConfig().layers,
    prefill: 'fp16',
    self: 'fp16',
  });
  expect(formatLane(config)).toBe(
    'k=3 v=2 k.group=64 v.along=token scheme=sym k.transform=hadamard window=32 sinks=4 prefill=fp16 self=fp16',
  );
});

test('a prefixed word wins over the shared one', () => {
  expect(parseLane('k=4 v=4 group=64 k.group=head').k.group).toBe('head');
  expect(parseLane('k=4 v=4 transform=hadamard v.transform=none').v.transforms).toEqual([]);
});

test('configurations come back from their strings, and strings from their configurations', () => {
  for (const config of manyConfigs()) {
    const text = formatLane(config);
    expect(parseLane(text)).toEqual(config);
    expect(formatLane(parseLane(text))).toBe(text);
  }
});

function* manyConfigs(): Generator<CacheConfig> {
  const pick = <T>(values: T[], i: number) => values[i % values.length];
  for (let i = 0; i < 2000; i++) {
    const config = defaultConfig(pick([1, 2, 3, 4, 5, 6, 7, 8, 16], i), pick([16, 2, 4, 8, 1], i >> 1));
    for (const [side, at] of [
      [config.k, i >> 2],
      [config.v, i >> 4],
    ] as const) {
      side.group = pick([32, 64, 'head'] as const satisfies unknown[], at);
      side.along = side.group === 'head' ? 'channel' : pick(['channel', 'token'] as const satisfies unknown[], at >> 1);
      side.scheme = pick(['asym', 'sym'] as const satisfies unknown[], at >> 2);
      side.transforms = pick([[], ['hadamard']], at >> 3);
    }
    config.keep = {
      sinks: pick([0, 4, 100_000], i),
      window: pick([0, 1, 32, 128], i >> 3),
      windowRule: pick(['slide', 'blockFlush', 'decodeOnlyFlush'] as const satisfies unknown[], i >> 7),
      requantOnFlush: pick(['off', 'on'] as const satisfies unknown[], i >> 8),
      sinkRule: 'first',
      sinkFrom: pick([0, 2], i >> 9),
    };
    config.layers = {
      pairs: pick([[], [{ from: 0, to: 3, k: 8, v: 4 }]], i >> 9),
      skipFirst: pick([0, 2], i >> 10),
      skipLast: pick([0, 1], i >> 4),
    };
    config.prefill = pick(['quant', 'fp16'] as const satisfies unknown[], i >> 5);
    config.self = pick(['quant', 'fp16'] as const satisfies unknown[], i >> 6);
    yield config;
  }
}

describe('refused by name', () => {
  const cases: [string, string][] = [
    ['', 'The lane is empty'],
    ['k', '"k" in a lane is not key=value'],
    ['k=', '"k=" in a lane is not key=value'],
    ['k=9', 'k=9 is not possible; k may be 1, 1.5, 1.58, 2, 3, 4, 5, 6, 7, 8, 16, 32'],
    ['v=04', 'v=04 is not possible'],
    ['k=4.5', 'k=4.5 is not possible'],
    ['k=q8_0', 'k=q8_0 is not possible'],
    ['k=4 k=2', '"k" stands twice'],
    ['bits=4', 'There is no lane setting "bits"; known: system, k, v, codec, transform, group'],
    ['x.group=32', 'There is no lane setting "x.group"'],
    ['k.window=4', 'There is no lane setting "k.window"'],
    ['k.group.x=32', 'There is no lane setting "k.group.x"'],
    ['k.group=17', 'k.group=17 is not possible; k.group may be 16, 32, 64, 128, head'],
    ['along=row', 'along=row is not possible; along may be channel, token'],
    ['window=-1', 'window=-1 is not possible; window may be 0..100000 tokens'],
    ['sinks=100001', 'sinks=100001 is not possible; sinks may be 0..100000 tokens'],
    ['prefill=f16', 'prefill=f16 is not possible; prefill may be fp16, quant'],
    ['along=token group=head', 'k: group=head counts channels'],
    ['k=32 v=16', 'k=32 and v=32 go together'],
    ['k=4 codec=f16', 'k=4 is not possible with codec f16; it has 16'],
    ['codec=nf4', 'There is no codec called nf4; known: '],
    ['transform=dct', 'There is no transform called dct; known: cache-positions, '],
    ['transform=hadamard+', 'There is no transform called ; known: cache-positions, '],
    ['system=nobody', 'There is no system called nobody; known: '],
    ['__proto__=1', 'There is no lane setting "__proto__"'],
  ];
  test.each(cases)('%s', (text, message) => {
    const error = (() => {
      try {
        return parseLane(text);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(KvError);
    expect((error as KvError).code).toBe('bad-config');
    expect((error as KvError).message).toContain(message);
  });
});

test.each(['system=skvq k.clip=0.9', 'system=skvq v.clip=0.85 k.group=32', 'system=kivi k.group=64 v.group=64'])(
  'says a side word that bears the name of the system’s own setting: %s',
  (text) => {
    const config = parseLane(text);
    expect(parseLane(formatLane(config))).toEqual(config);
    expect(formatLane(config).split(' ').sort()).toEqual(text.split(' ').sort());
  },
);
