import { expect, test } from 'vitest';
import { defaultConfig } from '../../../gpu/kv/config';
import { parseLane } from '../../../gpu/kv/lane';
import { readConfig } from '../../../gpu/kv/schema';

test('what a file leaves out has the same default as in a lane string', () => {
  expect(readConfig({})).toEqual(defaultConfig());
  expect(readConfig({ k: { bits: 16 }, v: { bits: 2, along: 'token' }, keep: { window: 32 } })).toEqual(
    parseLane('k=16 v=2 v.along=token window=32'),
  );
});

test('a complete configuration comes back from JSON', () => {
  const config = parseLane('k=3 v=2 group=64 k.transform=hadamard sinks=4 window=32 self=fp16 prefill=fp16 scheme=sym');
  expect(readConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
});

test.each([
  [{ k: { bit: 4 } }, 'There is no field "k.bit"'],
  [{ speed: 1 }, 'There is no field "speed"'],
  [{ k: { bits: 9 } }, 'k.bits may be 1, 1.5, 1.58, 2, 3, 4, 5, 6, 7, 8, 16, 32; it is 9.'],
  [{ k: { bits: '4' } }, 'k.bits may be'],
  [{ v: { group: 17 } }, 'v.group may be 16, 32, 64, 128, head; it is 17.'],
  [{ keep: { window: 1.5 } }, 'keep.window may be 0..100000 tokens; it is 1.5.'],
  [{ keep: { sinks: -1 } }, 'keep.sinks may be 0..100000 tokens'],
  [{ prefill: 'f16' }, 'prefill may be fp16, quant; it is "f16".'],
  [{ k: { codec: 'f16', bits: 4 } }, 'k=4 is not possible with codec f16'],
  [{ k: { transforms: 'hadamard' } }, 'k.transforms must be a list of transform ids'],
  [{ k: 4 }, 'k must be an object; it is 4.'],
  [[1], 'There is no field "0"'],
  [null, 'the configuration must be an object; it is null.'],
  [{ system: 'nobody' }, 'There is no system called nobody'],
])('%j is refused', (data, message) => {
  expect(() => readConfig(data)).toThrow(message);
});
