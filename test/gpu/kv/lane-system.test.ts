import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../gpu/kv/catalog';
import { defaultConfig } from '../../../gpu/kv/config';
import { formatLane, parseLane } from '../../../gpu/kv/lane';
import {
  laneWords,
  movedTo,
  overrides,
  possibleWidths,
  presetConfig,
  startedAt,
  whyNotMoved,
  widthParam,
  withWords,
} from '../../../gpu/kv/lane-system';

const lane = (text: string) => parseLane(text);

describe('a lane that follows a system', () => {
  it.each(catalogue.system.map(({ id }) => id))('%s: its preset differs from itself in nothing', (id) => {
    const preset = presetConfig(id);
    expect(overrides(preset)).toEqual([]);
    expect(formatLane(preset)).toBe(`system=${id}`);
    for (const side of ['k', 'v'] as const) {
      for (const word of possibleWidths(preset, side)) {
        const next = withWords(preset, { [side]: word });
        expect(overrides(next)).toEqual([]);
        expect(next.options?.[side] ?? widthParam(id, side)?.default).toBe(word);
      }
    }
  });

  it('names the words that make it custom, and loses them with the words of the preset', () => {
    const custom = withWords(presetConfig('kivi'), { sinks: 4, prefill: 'quant' });
    expect(overrides(custom)).toEqual(['sinks=4', 'prefill=quant']);
    expect(overrides(withWords(custom, { sinks: 0, prefill: 'fp16' }))).toEqual([]);
  });

  it('keeps what was changed when one of its own settings changes', () => {
    const custom = withWords(withWords(presetConfig('kivi'), { sinks: 4 }), { window: 32, k: 4 });
    expect(custom).toEqual(lane('system=kivi k=4 window=32 sinks=4'));
  });

  it('refuses what cannot be, by name', () => {
    expect(() => withWords(presetConfig('kivi'), { window: 33 })).toThrow(/window=33/);
    expect(() => withWords(defaultConfig(), { k: 9 })).toThrow(/k=9/);
  });
});

describe('widths', () => {
  it('start as a setting of the system where it has them, else as a lane of its own', () => {
    expect(startedAt(lane('system=kivi sinks=4'), 'k', 4)).toEqual(lane('system=kivi k=4 sinks=4'));
    const free = startedAt(lane('system=kivi'), 'k', 16);
    expect(free.system).toBeUndefined();
    expect(parseLane(formatLane(free))).toEqual(free);
    expect(free.keep.windowRule).toBe('blockFlush');
  });

  it('move without changing where the lane started', () => {
    const moved = movedTo(lane('system=kivi'), 'k', 4);
    expect(moved).toMatchObject({ system: 'kivi', k: { bits: 4, codec: 'uniform', along: 'token' } });
    expect(movedTo(moved, 'k', 4)).toBe(moved);
  });

  it('say why a running lane cannot take them', () => {
    expect(whyNotMoved(defaultConfig(), 'k', 2)).toBeNull();
    expect(whyNotMoved(defaultConfig(), 'k', 1.5)).toBe('fraction');
    expect(whyNotMoved(lane('system=kivi'), 'v', 4)).toBeNull();
  });
});

it('gives every setting of the whole lane by its word', () => {
  const words = laneWords(lane('k=4 v=4 window=8 pairs=0-1:8.4 skipLast=2'));
  expect(words).toMatchObject({ window: 8, pairs: '0-1:8.4', skipLast: 2, skipFirst: 0, prefill: 'quant' });
});
