import type { CacheConfig } from '../../../gpu/kv/config';
import type { ParamValue } from '../../../gpu/kv/entry';
import { baseLane, gridWidths } from '../../../gpu/kv/lane-pairs';
import type { GridRow } from '../../../gpu/lab/experiments/grid';
import { csvOf } from '../rows-file';
import type { Figure } from './gridForm';

export type { GridRow } from '../../../gpu/lab/experiments/grid';

/** Differences of less than this share are no finding: twice the largest standard deviation that noise alone gave. */
export const SPREAD: Record<Figure, number> = { klMedian: 0.16, kl99: 1 };

export const keyOf = (k: ParamValue, v: ParamValue): string => `${k}/${v}`;

/** Rows of the job without that of the text. */
export const pairRows = (rows: readonly object[]): GridRow[] => rows.filter((row): row is GridRow => 'bits' in row);

export interface Axes {
  base: CacheConfig;
  ks: ParamValue[];
  vs: ParamValue[];
}

/** Null where the words are no lane, or one without widths to choose. */
export function axesOf(words: string): Axes | null {
  try {
    const base = baseLane(words);
    const [ks, vs] = [gridWidths(base, 'k'), gridWidths(base, 'v')];
    return ks.length > 0 && vs.length > 0 ? { base, ks, vs } : null;
  } catch {
    return null;
  }
}

/** Pairs that nothing beats: neither fewer bits with as little KL, nor less KL at as few bits. By bits, fewest first. */
export function frontierOf(rows: readonly GridRow[], by: Figure): GridRow[] {
  const beats = (p: GridRow, q: GridRow) => p.bits <= q.bits && p[by] <= q[by] && (p.bits < q.bits || p[by] < q[by]);
  return rows.filter((q) => !rows.some((p) => beats(p, q))).sort((a, b) => a.bits - b.bits || a[by] - b[by]);
}

export interface Best {
  row: GridRow;
  /** Other pairs inside the budget that lie within the spread of it, best first. */
  ties: GridRow[];
}

/** The pair with the least KL among those of at most so many effective bits; the smaller one where they are equal. */
export function bestWithin(rows: readonly GridRow[], by: Figure, budget: number): Best | null {
  const fitting = rows.filter(({ bits }) => bits <= budget + 1e-9).sort((a, b) => a[by] - b[by] || a.bits - b.bits);
  const [row, ...others] = fitting;
  if (!row) return null;
  return { row, ties: others.filter((other) => other[by] <= row[by] * (1 + SPREAD[by])) };
}

const FIRST = ['k', 'v', 'lane', 'bits', 'kBits', 'vBits', 'bytes', 'fp16Bytes', 'tokens'];

/** One line for each pair, every figure of the KL table as a column. */
export const pairsCsv = (rows: readonly GridRow[]): string => csvOf(rows, FIRST);
