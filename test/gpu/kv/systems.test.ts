import { describe, expect, test } from 'vitest';
import { KvError } from '../../../gpu/errors';
import { checkForModel } from '../../../gpu/kv/check';
import type { CacheConfig } from '../../../gpu/kv/config';
import type { Param, ParamValue } from '../../../gpu/kv/entry';
import { isChoice, isText } from '../../../gpu/kv/entry';
import { formatLane, parseLane } from '../../../gpu/kv/lane';
import { systems } from '../../../gpu/kv/registry';
import type { System } from '../../../gpu/kv/system';

const LINK = /^https:\/\/\S+$/;
/** Whole sentences for people. */
const PROSE = /^\S.{60,}\.$/s;

/** Values to try of one setting: every choice, the ends of a range and one step in, the example of a text. */
function valuesOf(param: Param): ParamValue[] {
  if (isChoice(param)) return [...param.choices];
  if (isText(param)) return [param.default, param.example];
  return [param.min, param.default, Math.min(param.max, param.min + param.step), param.max];
}

/** Lane strings of a system: all k with all v, and every setting of its own, one at a time. */
function lanesOf(system: System): string[] {
  const { bits, id } = system;
  const widths = bits.flatMap((k) => bits.map((v) => `system=${id} k=${k} v=${v}`));
  return [`system=${id}`, ...widths, ...ownWords(system).map((word) => `system=${id} ${word}`)];
}

const ownWords = ({ params }: System): string[] =>
  params.flatMap((param) => valuesOf(param).map((value) => `${param.key}=${value}`));

/** The configuration, or null where the system refuses this combination of legal settings by name. */
function built(lane: string): CacheConfig | null {
  try {
    return parseLane(lane);
  } catch (error) {
    expect(error).toBeInstanceOf(KvError);
    expect((error as KvError).code, lane).toBe('bad-config');
    const words = lane.split(' ').flatMap((word) => word.split('='));
    expect(
      words.slice(2).some((word) => (error as KvError).message.includes(word)),
      (error as KvError).message,
    ).toBe(true);
    return null;
  }
}

describe.each(systems.map((system) => [system.id, system] as const))('%s', (_, system) => {
  test('says what it is', () => {
    expect(system.title).toMatch(/\S/);
    expect(system.text).toMatch(PROSE);
    if (system.source !== undefined) expect(system.source).toMatch(LINK);
    for (const param of system.params) {
      expect(param.title, param.key).toMatch(/\S/);
      expect(param.text, param.key).toMatch(/^.{20,}\.$/s);
      expect(param.key).toMatch(/^[a-zA-Z]\w*$/);
      expect(valuesOf(param), param.key).toContain(param.default);
    }
  });

  test('says where it comes from, what it may be used for and how close it is', () => {
    const { facts } = system;
    expect([facts.paper, facts.code].some((link) => link !== undefined)).toBe(true);
    for (const link of [facts.paper, facts.code]) if (link !== undefined) expect(link).toMatch(LINK);
    expect(facts.licence).toMatch(/\S/);
    if (facts.fidelity !== 'exact') expect(facts.fidelity.approximate).toMatch(/^.{10,}$/s);
    for (const row of facts.published)
      for (const part of [row.what, row.numbers, row.source]) expect(part).toMatch(/\S{2}/);
    if (!facts.scaled) return;
    expect(facts.scaled.text).toMatch(/\S{3}/);
    const words = Object.entries(facts.scaled.values).map(([key, value]) => `${key}=${value}`);
    expect(parseLane(`system=${system.id} ${words.join(' ')}`)).not.toEqual(parseLane(`system=${system.id}`));
  });

  test('its default widths are legal', () => {
    for (const side of ['k', 'v'] as const)
      if (system.bits.length > 0) expect(system.bits).toContain(system.widths[side]);
  });

  test('every combination makes a configuration that its string gives back, or is refused by name', () => {
    expect(built(`system=${system.id}`)).not.toBeNull();
    for (const lane of lanesOf(system)) {
      const config = built(lane);
      if (!config) continue;
      const text = formatLane(config);
      expect(parseLane(text), lane).toEqual(config);
      expect(formatLane(parseLane(text)), lane).toBe(text);
    }
  });

  test('every width is possible on a side, if need be with a setting of its own', () => {
    for (const width of system.bits) {
      const own = ['', ...ownWords(system)];
      const lanes = own.flatMap((word) => ['k', 'v'].map((side) => `system=${system.id} ${side}=${width} ${word}`));
      expect(
        lanes.some((lane) => built(lane) !== null),
        String(width),
      ).toBe(true);
    }
  });

  test.each([64, 128])('runs on heads of %i as it comes', (headDim) => {
    expect(() => checkForModel(parseLane(`system=${system.id}`), headDim)).not.toThrow();
  });
});
