import type { Paired } from '../../measure/statistics/paired';
import { compareSteps } from '../../measure/statistics/paired';

interface Scored {
  lane: string;
  /** Of every step, nats. */
  kl: number[];
}

/** The rule that keys need at least as many bits as values, at equal bytes: `keys` gives them more than `values` does. */
export interface KeysFirst<L extends Scored> {
  keys: L;
  values: L;
  paired: Paired;
}

/** A pair of widths and the same exchanged, the one with more key bits first. */
export function keysFirst<L extends Scored>(one: L, other: L): KeysFirst<L> {
  const [, k, v] = /^k=(\d+) v=(\d+)$/.exec(one.lane) ?? [];
  const [keys, values] = Number(k) > Number(v) ? [one, other] : [other, one];
  return { keys, values, paired: compareSteps(keys.kl, values.kl) };
}
