import type { CacheConfig } from '../../../gpu/kv/config';
import { defaultConfig } from '../../../gpu/kv/config';
import { footprint } from '../../../gpu/kv/footprint';
import { startedAt } from '../../../gpu/kv/lane-system';
import { frames } from '../../frames';
import { BIT_STOPS, bitsAt } from '../../settings';
import type { State } from '../../store';
import type { Pair } from '../bits';
import { laneWith, lockedPair } from '../bits';
import { bitsOf } from '../widths';

/** Lanes of the two arms. */
export const ARMS = [1, 2] as const;
export type Arm = (typeof ARMS)[number];
export const ARM_NAMES: Record<Arm, 'A' | 'B'> = { 1: 'A', 2: 'B' };
export const ARM_TONES: Record<Arm, 'a' | 'b'> = { 1: 'a', 2: 'b' };

/** One arm, two arms, or more lanes than arms. */
export const armsOf = ({ settings }: Pick<State, 'settings'>): 'one' | 'two' | null =>
  settings.lanes.length === 1 ? 'one' : settings.lanes.length === 2 ? 'two' : null;

/** The state as if this arm were on show; a value that is being dragged belongs to the arm that is. */
export const atArm = (s: State, arm: Arm): State => (s.lane === arm ? s : { ...s, lane: arm, pending: {} });

/**
 * What a lane is first held against: the same with K and V exchanged, which takes the same bytes. Where both are alike, one bit goes
 * from keys to values; where the lane has no widths to choose, plain rounding at 4 bits.
 */
export function otherArm(config: CacheConfig, now: Pair): CacheConfig {
  const [own, other] = [bitsOf(config, 'k'), bitsOf(config, 'v')];
  if (own.length === 0 || other.length === 0) return defaultConfig(4, 4);
  const swapped = { k: now.v, v: now.k };
  const moved =
    now.k === now.v ? lockedPair(now, 'k', now.k > 4 ? now.k - 4 : now.k - 1, { k: own, v: other }) : swapped;
  const possible = own.includes(moved.k) && other.includes(moved.v);
  return possible ? startedAt(startedAt(config, 'k', moved.k), 'v', moved.v) : structuredClone(config);
}

/** The pair of that sum nearest to the present one, among the stops of the rulers if it can be; null where the lane has none. */
export function pairOfSum(config: CacheConfig, now: Pair, sum: number): Pair | null {
  const [own, other] = [bitsOf(config, 'k'), bitsOf(config, 'v')];
  const pairs = own.flatMap((k) => (other.includes(sum - k) ? [{ k, v: sum - k }] : []));
  const isStop = ({ k, v }: Pair) => [k, v].every((bits) => (BIT_STOPS as readonly number[]).includes(bits));
  const far = ({ k, v }: Pair) => Math.abs(k - now.k) + Math.abs(v - now.v);
  const uneven = ({ k, v }: Pair) => Math.abs(k - v);
  const stops = pairs.filter(isStop);
  const among = stops.length > 0 ? stops : pairs;
  return among.sort((a, b) => far(a) - far(b) || uneven(a) - uneven(b))[0] ?? null;
}

export interface Apart {
  /** Bytes of B less bytes of A. */
  bytes: number;
  /** Tokens in the cache. */
  tokens: number;
  /** Counted in the run's cache, or foreseen from the settings. */
  isCounted: boolean;
}

/** How far the arms' sizes are from each other; null without a model. */
export function bytesApart(s: State): Apart | null {
  const { model, settings } = s;
  if (!model || settings.lanes.length !== 2) return null;
  const last = frames.last;
  const isCurrent = s.runInfo !== null && s.edits === s.runEdits;
  if (isCurrent && last?.lanes.length === 3) {
    const [, a, b] = last.lanes;
    return { bytes: b.bytes.total - a.bytes.total, tokens: last.position + 1, isCounted: true };
  }
  const tokens = Math.max(1, (s.prompt?.ids.length ?? 0) + settings.steps);
  const [a, b] = ARMS.map((arm) => footprint(laneWith(atArm(s, arm), bitsAt(settings, arm, -1)), model, tokens).total);
  return { bytes: b - a, tokens, isCounted: false };
}
