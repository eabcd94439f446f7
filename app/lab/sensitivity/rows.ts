import type { LocalRow, SensitivityRow } from '../../../gpu/lab/experiments/sensitivity';
import type { ComparedRow } from '../../../gpu/lab/sensitivity/compare';

export type { LocalRow } from '../../../gpu/lab/experiments/sensitivity';
export type { ComparedRow } from '../../../gpu/lab/sensitivity/compare';

export type Side = 'k' | 'v';
/** What a cell of the map shows: how far attention moves, or how far the values it mixes. */
export type Measure = 'heads' | 'tv';

export const localRows = (rows: readonly SensitivityRow[]): LocalRow[] =>
  rows.filter((row): row is LocalRow => row.kind === 'local');
export const comparedRows = (rows: readonly SensitivityRow[]): ComparedRow[] =>
  rows.filter((row): row is ComparedRow => row.kind === 'lane');

/** Widths that were measured so far, ascending. */
export const widthsOf = (rows: readonly LocalRow[]): number[] =>
  [...new Set(rows.map(({ bits }) => bits))].sort((a, b) => a - b);

/** Layers of one side at one width, in order; empty before they are measured. */
export const layersOf = (rows: readonly LocalRow[], side: Side, bits: number): LocalRow[] =>
  rows.filter((row) => row.side === side && row.bits === bits).sort((a, b) => a.layer - b.layer);

/** [layers][heads] for the painter, null before they are measured. */
export function mapOf(layers: readonly LocalRow[], measure: Measure): Float32Array | null {
  return layers.length > 0 ? Float32Array.from(layers.flatMap((row) => row[measure])) : null;
}

/**
 * A difference of mean KL below this share is no finding: twice the largest standard deviation that noise of one part in a million in
 * the embedding gave the mean.
 */
export const SPREAD = 0.16;

export type Outcome = 'better' | 'worse' | 'open';

/** What a mean difference of KL says: its interval must leave out 0, and it must exceed the spread of noise in the larger mean. */
function outcome(gain: number | null, low: number | null, high: number | null, larger: number): Outcome {
  if (gain === null || low === null || high === null || Math.abs(gain) < SPREAD * larger) return 'open';
  if (low > 0) return 'better';
  return high < 0 ? 'worse' : 'open';
}

/** A lane against the flat pair. */
export const outcomeOf = (row: ComparedRow, flat: ComparedRow): Outcome =>
  outcome(row.gain, row.gainLow, row.gainHigh, Math.max(row.klMean, flat.klMean));

/** The suggestion against another lane: the strongest plain rival is what it must beat for the map to be worth its trouble. */
export const againstOf = (rival: ComparedRow, suggested: ComparedRow): Outcome =>
  outcome(rival.behind, rival.behindLow, rival.behindHigh, Math.max(rival.klMean, suggested.klMean));

/** The flat pair of the same size that diverges least, other than the first; null where there is none. */
export function bestRival(rows: readonly ComparedRow[]): ComparedRow | null {
  const rivals = rows.slice(1).filter(({ role }) => role === 'flat');
  return rivals.reduce<ComparedRow | null>((best, row) => (best && best.klMean <= row.klMean ? best : row), null);
}
