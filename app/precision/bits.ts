import type { CacheConfig, SideName } from '../../gpu/kv/config';
import { defaultConfig } from '../../gpu/kv/config';
import { effectiveBits } from '../../gpu/kv/footprint';
import { movedTo } from '../../gpu/kv/lane-system';
import { BIT_STOPS, bitsAt, withBits } from '../settings';
import type { State } from '../store';
import { WIDTHS } from './widths';

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

export type Pair = Record<SideName, number>;
export const other = (field: SideName): SideName => (field === 'k' ? 'v' : 'k');

const isCurrent = (s: State): boolean => s.runInfo !== null && s.edits === s.runEdits;

/** The lane on show as the settings have it before the first step. */
export const laneNow = (s: State): CacheConfig => s.settings.lanes[s.lane - 1];

/** The bits of the lane on show: those of the run at its present step, or those the next run starts with. */
export const bitsNow = (s: State): Pair => bitsAt(s.settings, s.lane, isCurrent(s) ? s.step : -1);

/** Steps that may be on their way when a move is made: it is logged behind them. */
const IN_FLIGHT = 8;

/** The bits once the moves that were just logged have been taken. */
export const bitsNext = (s: State): Pair => bitsAt(s.settings, s.lane, isCurrent(s) ? s.step + IN_FLIGHT : -1);

/** The bits once what is dragged or waiting has been taken. */
export const bitsWanted = (s: State): Pair => ({ ...bitsNext(s), ...s.pending });

/** The lane on show with the bits it has, or will have. */
export function laneWith(s: State, bits: Pair): CacheConfig {
  const at = isCurrent(s) ? movedTo : withBits;
  return at(at(laneNow(s), 'k', bits.k), 'v', bits.v);
}

export const nearest = (value: number, among: readonly number[]): number =>
  among.reduce((best, width) => (Math.abs(width - value) < Math.abs(best - value) ? width : best));

/** The next stop above or below. */
export function stopFrom(value: number, up: boolean, among: readonly number[] = BIT_STOPS): number {
  const stops = [...among].sort((a, b) => a - b);
  return up ? (stops.find((stop) => stop > value) ?? value) : (stops.findLast((stop) => stop < value) ?? value);
}

/** With a locked budget both sides move: the pair of the same sum whose `field` is nearest to `value`. */
export function lockedPair(
  now: Pair,
  field: SideName,
  value: number,
  widths: Record<SideName, readonly number[]> = { k: WIDTHS, v: WIDTHS },
): Pair {
  const sum = now.k + now.v;
  const possible = widths[field].filter((width) => widths[other(field)].includes(sum - width));
  const own = possible.length > 0 ? nearest(value, possible) : now[field];
  return field === 'k' ? { k: own, v: sum - own } : { k: sum - own, v: own };
}

const MANY_TOKENS = 4096;

/** Bits per value of one side far from any window: codes, plus the scales and offsets that the group shares. */
export function sideEffective(lane: CacheConfig, field: SideName, headDim: number): number {
  const { keep, layers } = defaultConfig();
  const bare: CacheConfig = { ...lane, keep, layers, self: 'quant' };
  return effectiveBits(bare, { layers: 1, heads: 1, kvHeads: 1, headDim }, MANY_TOKENS)[field];
}
