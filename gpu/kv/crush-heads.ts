/**
 * KVCrush as its paper describes it (arXiv 2503.00022): each query head says yes or no to each token; the tokens with the largest
 * scores stay, and of the others some stay that are spread evenly over all patterns of yes and no.
 */
import type { AnchorKind } from './crush-blocks';
import { anchorOf, hamming } from './crush-blocks';
import { best } from './keep-rows';

export interface HeadSettings {
  /** Rows that stay in all. */
  cap: number;
  sinks: number;
  /** Share of what lies before the window that representatives get. */
  representatives: number;
  anchor: AnchorKind;
}

/** Last prompt queries that count; their own rows stay. */
export const WINDOW = 16;

/** Row numbers that stay, ascending, the same for all heads; `sums` per query head over the last 16 prompt queries. Null: all. */
export function keepByHeads(
  sums: readonly ArrayLike<number>[],
  { cap, sinks, representatives, anchor }: HeadSettings,
  random: () => number,
): number[] | null {
  const tokens = sums[0].length;
  if (tokens <= cap) return null;
  const before = tokens - WINDOW;
  const room = cap - WINDOW;
  const scores = Float64Array.from({ length: before }, (_, j) => sums.reduce((sum, row) => sum + row[j], 0));
  const share = Math.floor(representatives * room);
  const kept = new Set(Array.from({ length: sinks }, (_, j) => j));
  for (const j of best(scores, (row) => row >= sinks, room - share - sinks)) kept.add(j);

  const wanted = sums.map((row) => new Set(best(Array.from(row).slice(0, before), () => true, room)));
  const pattern = (j: number) => wanted.map((head) => (head.has(j) ? 1 : 0));
  const others = Array.from({ length: before }, (_, j) => j).filter((j) => !kept.has(j));
  const target = anchorOf(anchor, others.map(pattern), sums.length, random);
  const distance = new Map(others.map((j) => [j, hamming(pattern(j), target)]));
  others.sort((a, b) => distance.get(a)! - distance.get(b)! || a - b);
  for (let i = 0; i < share; i++) kept.add(others[Math.floor((i * others.length) / share)]);
  return Array.from({ length: tokens }, (_, j) => j).filter((j) => kept.has(j) || j >= before);
}
