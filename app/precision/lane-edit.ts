import { toPlain } from '../../gpu/errors';
import type { CacheConfig } from '../../gpu/kv/config';
import { defaultConfig } from '../../gpu/kv/config';
import type { ParamValue } from '../../gpu/kv/entry';
import { presetConfig, withWords } from '../../gpu/kv/lane-system';
import { useStore } from '../store';
import { bitsNext, laneNow } from './bits';

const get = useStore.getState;

/** Edits of the lane on show, word by word of the lane grammar. Each gives back why it cannot be, or null. */
export type Refusal = string | null;

function attempt(make: () => CacheConfig, put: (config: CacheConfig) => void): Refusal {
  try {
    put(make());
    return null;
  } catch (error) {
    return toPlain(error).message;
  }
}

/** Says some words of the lane anew. */
export function sayWords(words: Record<string, ParamValue>): Refusal {
  return attempt(
    () => withWords(laneNow(get()), words),
    (config) => get().editLane(() => config),
  );
}

/** The lane becomes that system at its defaults, or (empty) the uniform codec at the present widths. */
export function chooseSystem(id: string): Refusal {
  const { k, v } = bitsNext(get());
  const whole = (bits: number) => (bits <= 8 ? Math.ceil(bits) : 16);
  return attempt(() => (id === '' ? defaultConfig(whole(k), whole(v)) : presetConfig(id)), get().putLane);
}

/** The preset again, with the system's own settings as they are. */
export function backToSystem(): Refusal {
  const { system, options } = laneNow(get());
  if (system === undefined) return null;
  return attempt(
    () => presetConfig(system, options),
    (config) => get().editLane(() => config),
  );
}
