import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../gpu/kv/catalog';
import { formatLane, parseLane } from '../../../gpu/kv/lane';
import { baseLane, gridWidths, pairOf } from '../../../gpu/kv/lane-pairs';

const ALL = [16, 8, 6, 5, 4, 3, 2];

describe('widths of a grid', () => {
  test.each([
    ['', ALL],
    ['codec=uniform group=64', ALL],
    ['system=kivi', ALL],
    ['system=quarot', [16, 8, 6, 5, 4, 3, 2]],
    ['system=hf', [16, 8, 4, 3, 2]],
    ['system=hf backend=hqq', [16, 8, 4, 3, 2]],
    ['system=llamacpp', ['f16', 'q8_0', 'q5_1', 'q5_0', 'q4_1', 'q4_0', 'iq4_nl']],
    ['system=skvq', [16, 4, 3, 2, 1.5]],
    ['codec=absmax', [16, 8]],
    ['system=zipcache', []],
    ['system=snapkv', []],
  ])('%s', (words, widths) => {
    const base = baseLane(words);
    expect(gridWidths(base, 'k')).toEqual(widths);
    expect(gridWidths(base, 'v')).toEqual(widths);
  });
});

describe('a pair', () => {
  const pair = (words: string, k: number | string, v: number | string) => formatLane(pairOf(baseLane(words), k, v));

  test.each([
    ['', 8, 2, 'k=8 v=2'],
    ['codec=uniform group=64', 3, 5, 'k=3 v=5 group=64'],
    ['system=kivi window=32', 4, 2, 'system=kivi k=4 window=32'],
    ['system=llamacpp', 'q8_0', 'q4_0', 'system=llamacpp v=q4_0'],
    ['system=turboquant', 4, 3, 'system=turboquant k=4 v=3'],
  ])('%s at %s, %s is %s', (words, k, v, lane) => expect(pair(words, k, v)).toBe(lane));

  test('with a side at 16 keeps what the system gives the other one', () => {
    const kivi = parseLane('system=kivi k=4 v=4');
    const keys = pairOf(baseLane('system=kivi'), 4, 16);
    expect(keys).toMatchObject({ k: kivi.k, keep: kivi.keep, prefill: 'fp16', v: { bits: 16, codec: 'f16' } });
    expect(keys.system).toBeUndefined();
    const values = pairOf(baseLane('system=kivi'), 16, 4);
    expect(values).toMatchObject({ v: kivi.v, keep: kivi.keep, k: { bits: 16, codec: 'f16' } });
  });

  test('names the width that is not there', () => {
    expect(() => pair('system=kvquant', 8, 2)).toThrow('k=8 is not possible in this grid; it has 16, 3, 2, 4, 5');
    expect(() => pair('', 4, 'q8_0')).toThrow('v=q8_0');
    expect(() => baseLane('magic=1')).toThrow('magic');
  });

  test.each(catalogue.system.map(({ id }) => id))('%s: every pair can be written and read back', (id) => {
    const base = baseLane(`system=${id}`);
    for (const k of gridWidths(base, 'k'))
      for (const v of gridWidths(base, 'v')) {
        const config = pairOf(base, k, v);
        expect(parseLane(formatLane(config))).toEqual(config);
        if (typeof k === 'number') expect(config.k.bits).toBe(k);
        if (typeof v === 'number') expect(config.v.bits).toBe(v);
      }
  });
});
