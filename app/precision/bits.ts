import type { CacheConfig, SideName } from '../../gpu/kv/config';
import { effectiveBits } from '../../gpu/kv/footprint';
import { BIT_STOPS, bitsAt, withBits } from '../settings';
import type { State } from '../store';

/** Pairs offered as chips. */
export const PAIRS = [
  [16, 16],
  [8, 8],
  [8, 4],
  [4, 4],
  [4, 2],
  [2, 4],
  [2, 2],
] as const;

/** Widths a side may have; 1 and 7 only by typing. */
export const WIDTHS = [1, 2, 3, 4, 5, 6, 7, 8, 16];

export type Pair = Record<SideName, number>;
export const other = (field: SideName): SideName => (field === 'k' ? 'v' : 'k');

/** The bits of the lane on show: those of the run at its present step, or those the next run starts with. */
export function bitsNow(s: State): Pair {
  const isCurrent = s.runInfo !== null && s.edits === s.runEdits;
  return bitsAt(s.settings, s.lane, isCurrent ? s.step : -1);
}

/** Steps that may be on their way when a move is made: it is logged behind them. */
const IN_FLIGHT = 8;

/** The bits once the moves that were just logged have been taken. */
export function bitsNext(s: State): Pair {
  const isCurrent = s.runInfo !== null && s.edits === s.runEdits;
  return bitsAt(s.settings, s.lane, isCurrent ? s.step + IN_FLIGHT : -1);
}

/** The bits once what is dragged or waiting has been taken. */
export const bitsWanted = (s: State): Pair => ({ ...bitsNext(s), ...s.pending });

/** The lane on show with the bits it has, or will have. */
export function laneWith(s: State, bits: Pair): CacheConfig {
  return withBits(withBits(s.settings.lanes[s.lane - 1], 'k', bits.k), 'v', bits.v);
}

export const nearest = (value: number, among: readonly number[]): number =>
  among.reduce((best, width) => (Math.abs(width - value) < Math.abs(best - value) ? width : best));

/** The next stop above or below. */
export function stopFrom(value: number, up: boolean): number {
  const stops = [...BIT_STOPS].sort((a, b) => a - b);
  return up ? (stops.find((stop) => stop > value) ?? value) : (stops.findLast((stop) => stop < value) ?? value);
}

/** With a locked budget both sides move: the pair of the same sum whose `field` is nearest to `value`. */
export function lockedPair(now: Pair, field: SideName, value: number): Pair {
  const sum = now.k + now.v;
  const possible = WIDTHS.filter((width) => WIDTHS.includes(sum - width));
  const own = possible.length > 0 ? nearest(value, possible) : now[field];
  return field === 'k' ? { k: own, v: sum - own } : { k: sum - own, v: own };
}

/** Bits per value of one side far from any window: codes, plus scale and minimum shared by the group. */
export function sideEffective(lane: CacheConfig, field: SideName, headDim: number): number {
  const bare: CacheConfig = { ...lane, keep: { sinks: 0, window: 0 }, self: 'quant' };
  return effectiveBits(bare, { layers: 1, kvHeads: 1, headDim }, 64)[field];
}
