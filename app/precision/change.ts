import type { SideName } from '../../gpu/kv/config';
import { moveBits } from '../engine-run';
import { useStore } from '../store';
import type { Pair } from './bits';
import { bitsNext, lockedPair } from './bits';

const get = useStore.getState;

/** What a wish for one side means for both. */
function pairFor(field: SideName, value: number): Pair {
  const now = bitsNext(get());
  return get().lock ? lockedPair(now, field, value) : { ...now, [field]: value };
}

/** While a slider is held: everything that can be foreseen follows, the run does not. */
export function previewBits(field: SideName, value: number): void {
  const pair = pairFor(field, value);
  const now = bitsNext(get());
  for (const side of ['k', 'v'] as const) get().setPending(side, pair[side] === now[side] ? null : pair[side]);
}

/** The slider was let go, a key pressed, a number typed. */
export function setBits(field: SideName, value: number): void {
  setPair(pairFor(field, value));
}

export function setPair(pair: Pair): void {
  const now = bitsNext(get());
  for (const side of ['k', 'v'] as const) {
    if (pair[side] === now[side]) get().setPending(side, null);
    else {
      get().setPending(side, null);
      void moveBits(side, pair[side]);
    }
  }
}
