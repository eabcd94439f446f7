import { KvError } from '../errors';
import type { LayerPair } from './config';
import { BITS } from './fields';

/** Widths by layer as a word: `0-1:8.4,2-27:4.2,28-29:8.4` or `5:16.16`; `none` for no pairs. Later ranges win. */
const FORM = /^(\d{1,4})(?:-(\d{1,4}))?:(\d{1,2})\.(\d{1,2})$/;

/** Throws KvError('bad-config') naming the range. */
export function parsePairs(text: string): LayerPair[] {
  return text === 'none' ? [] : text.split(',').map(parsePair);
}

function parsePair(text: string): LayerPair {
  const match = FORM.exec(text);
  if (!match) throw new KvError('bad-config', `pairs: "${text}" is not layers:k.v, as in 0-1:8.4.`);
  const pair = { from: Number(match[1]), to: Number(match[2] ?? match[1]), k: Number(match[3]), v: Number(match[4]) };
  if (pair.to < pair.from) throw new KvError('bad-config', `pairs: "${text}" ends before it begins.`);
  for (const bits of [pair.k, pair.v])
    if (!BITS.choices.includes(bits) || bits === 32)
      throw new KvError('bad-config', `pairs: "${text}" asks for ${bits} bits; 1 to 8 and 16 are possible.`);
  return pair;
}

export const formatPairs = (pairs: readonly LayerPair[]): string =>
  pairs.length === 0
    ? 'none'
    : pairs.map(({ from, to, k, v }) => `${from === to ? from : `${from}-${to}`}:${k}.${v}`).join(',');
