import type { CacheConfig, SideName } from '../../gpu/kv/config';
import type { ParamValue } from '../../gpu/kv/entry';
import { withWords } from '../../gpu/kv/lane-system';
import { sideEffective } from './bits';

export interface WordStop {
  word: ParamValue;
  bits: number;
  effective: number;
}

/** Each word of the system with the lane it would make, smallest first. */
export function wordStops(
  lane: CacheConfig,
  side: SideName,
  words: readonly ParamValue[],
  headDim: number,
): WordStop[] {
  const stops: WordStop[] = [];
  for (const word of words) {
    try {
      const config = withWords(lane, { [side]: word });
      stops.push({ word, bits: config[side].bits, effective: sideEffective(config, side, headDim) });
    } catch {
      // An override of the lane does not go with this word: it is not offered.
    }
  }
  return stops.sort((a, b) => a.effective - b.effective);
}
