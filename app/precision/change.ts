import type { SideName } from '../../gpu/kv/config';
import { whyNotMoved } from '../../gpu/kv/lane-system';
import { isMovable, moveBits } from '../engine-run';
import { useStore } from '../store';
import type { Pair } from './bits';
import { bitsNext, laneNow, lockedPair } from './bits';
import { bitsOf } from './widths';

const get = useStore.getState;

/** What a wish for one side means for both. */
function pairFor(field: SideName, value: number): Pair {
  const now = bitsNext(get());
  const lane = laneNow(get());
  if (!get().lock) return { ...now, [field]: value };
  return lockedPair(now, field, value, { k: bitsOf(lane, 'k'), v: bitsOf(lane, 'v') });
}

/** While a slider is held: everything that can be foreseen follows, the run does not. */
export function previewBits(field: SideName, value: number): void {
  const pair = pairFor(field, value);
  const now = bitsNext(get());
  for (const side of ['k', 'v'] as const) get().setPending(side, pair[side] === now[side] ? null : pair[side]);
}

/** The slider was let go, a key pressed, a number typed. Widths that the lane does not have change nothing. */
export function setBits(field: SideName, value: number): void {
  if (bitsOf(laneNow(get()), field).includes(value)) setPair(pairFor(field, value));
}

export function setPair(pair: Pair): void {
  const now = bitsNext(get());
  const lane = laneNow(get());
  for (const side of ['k', 'v'] as const) {
    get().setPending(side, null);
    if (pair[side] === now[side] || !bitsOf(lane, side).includes(pair[side])) continue;
    // A width that a running lane cannot take is the next run's starting point.
    if (isMovable() && whyNotMoved(lane, side, pair[side])) get().setBits(side, pair[side]);
    else void moveBits(side, pair[side]);
  }
}
