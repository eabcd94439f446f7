/**
 * KVCrush as OpenVINO GenAI has it (arXiv 2503.00022): the cache is cut into blocks; those that got least attention leave, but a
 * few of the leaving ones, chosen by the pattern of their tokens' rank, come back to stand for the rest. Whole layers decide.
 */
import { pooled } from './window-scores';

export type AnchorKind = 'random' | 'zeros' | 'ones' | 'mean' | 'alternating';

export interface BlockSettings {
  /** Areas in tokens: the first and the newest are safe, between them so many may stay. */
  start: number;
  recent: number;
  evictable: number;
  /** Tokens of a block. */
  block: number;
  /** Leaving blocks that come back; 0 is plain eviction. */
  budget: number;
  anchor: AnchorKind;
}

/** Last prompt queries that count, and keys that are judged together. */
export const SCORED_ROWS = 8;
export const POOL = 7;

/** Attention that each held row got so far, and from how many queries. */
export interface BlockScores {
  sums: number[];
  counts: number[];
}

/** Adds one row of attention over the held rows (all heads summed), `seen` = queries in it that could see each. */
export function addRow(scores: BlockScores, row: ArrayLike<number>, seen: (row: number) => number): void {
  pooled(row, POOL, 'max').forEach((value, i) => {
    scores.sums[i] = (scores.sums[i] ?? 0) + value;
    scores.counts[i] = (scores.counts[i] ?? 0) + seen(i);
  });
}

/** Numbers of the held rows that stay, ascending; null when nothing leaves. `random` gives numbers in [0, 1). */
export function keepBlocks(scores: BlockScores, settings: BlockSettings, random: () => number): number[] | null {
  const { block, budget } = settings;
  const held = scores.sums.length;
  const blocksOf = (tokens: number) => Math.ceil(tokens / block);
  const first = blocksOf(settings.start);
  const evictable = blocksOf(held) - first - blocksOf(settings.recent);
  const leaving = evictable - blocksOf(settings.evictable);
  if (leaving <= 0) return null;
  const means = scores.sums.map((sum, row) => sum / scores.counts[row]);
  const blockScores = Array.from({ length: evictable }, (_, b) => {
    const from = (first + b) * block;
    return means.slice(from, from + block).reduce((total, mean) => total + mean, 0);
  });
  const evicted = blockScores
    .map((_, b) => b)
    .sort((a, b) => blockScores[a] - blockScores[b] || a - b)
    .slice(0, leaving);
  const back = new Set(
    budget > 0 && leaving >= budget ? comeBack(scores, evicted, first, evictable, settings, random) : [],
  );
  const gone = new Set(evicted.filter((b) => !back.has(b)).map((b) => first + b));
  if (gone.size === 0) return null;
  return scores.sums.flatMap((_, row) => (gone.has(Math.floor(row / block)) ? [] : [row]));
}

/** Of the evicted blocks, in the order of their distance to the anchor, every (count / budget)-th. */
function comeBack(
  { sums }: BlockScores,
  evicted: readonly number[],
  first: number,
  evictable: number,
  { block, budget, anchor }: BlockSettings,
  random: () => number,
): number[] {
  const bits = topHalf(sums.slice(first * block, (first + evictable) * block));
  const pattern = (b: number) => bits.slice(b * block, (b + 1) * block);
  const patterns = Array.from({ length: evictable }, (_, b) => pattern(b));
  const target = anchorOf(anchor, patterns, block, random);
  const order = [...evicted]
    .sort((a, b) => a - b)
    .sort((a, b) => hamming(pattern(a), target) - hamming(pattern(b), target));
  const stride = Math.floor(order.length / budget);
  return Array.from({ length: budget }, (_, i) => order[i * stride]);
}

/** 1 for the floor(n / 2) highest, of equal ones the earlier. */
function topHalf(scores: readonly number[]): number[] {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b);
  const bits = scores.map(() => 0);
  for (const i of order.slice(0, Math.floor(scores.length / 2))) bits[i] = 1;
  return bits;
}

/** The pattern that others are compared with; `mean`: per place what more than half of the patterns have. */
export function anchorOf(
  kind: AnchorKind,
  patterns: readonly (readonly number[])[],
  width: number,
  random: () => number,
): number[] {
  const at: Record<AnchorKind, (i: number) => number> = {
    random: () => (random() < 0.5 ? 0 : 1),
    zeros: () => 0,
    ones: () => 1,
    alternating: (i) => i % 2,
    mean: (i) => (patterns.reduce((sum, bits) => sum + bits[i], 0) > patterns.length / 2 ? 1 : 0),
  };
  return Array.from({ length: width }, (_, i) => at[kind](i));
}

export const hamming = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, bit, i) => sum + (bit === b[i] ? 0 : 1), 0);
