import { find } from '../../gpu/kv/catalog';
import type { CacheConfig, SideName } from '../../gpu/kv/config';
import type { ParamValue } from '../../gpu/kv/entry';
import { possibleWidths } from '../../gpu/kv/lane-system';
import { BIT_STOPS } from '../settings';

/** Widths a uniform side may have; 1 and 7 only by typing. */
export const WIDTHS = [1, 2, 3, 4, 5, 6, 7, 8, 16];

/** What a side's ruler offers: numbers of bits, the words of a system, or nothing to choose. */
export type Widths =
  | { kind: 'bits'; stops: readonly number[]; all: readonly number[] }
  | { kind: 'words'; words: readonly ParamValue[] }
  | { kind: 'fixed' };

const ascending = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);
const uniform: Widths = { kind: 'bits', stops: ascending(BIT_STOPS), all: WIDTHS };

export function widthsOf(config: CacheConfig, side: SideName): Widths {
  if (config.system === undefined) {
    const { codec } = config[side];
    const { bits } = find('codec', codec);
    if (codec === 'uniform' || codec === 'f16' || !bits) return uniform;
    const all = ascending([...bits.map(Number), 16]);
    return { kind: 'bits', stops: all, all };
  }
  const words = possibleWidths(config, side);
  if (words.some(isNamed)) return { kind: 'words', words };
  const all = ascending(words.filter((word) => typeof word === 'number').map(Number));
  return all.length < 2 ? { kind: 'fixed' } : { kind: 'bits', stops: all, all };
}

/** `q8_0` names a width; `auto` leaves it to another setting. */
const isNamed = (word: ParamValue): boolean => typeof word === 'string' && /\d/.test(word);

/** The numbers of bits a side can be set to: none where it has words, or nothing to choose. */
export function bitsOf(config: CacheConfig, side: SideName): readonly number[] {
  const widths = widthsOf(config, side);
  return widths.kind === 'bits' ? widths.all : [];
}
