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

/** What the comparison with the flat pair says: the interval must leave out 0, and the difference exceed the spread of noise. */
export function outcomeOf(row: ComparedRow, flat: ComparedRow): 'better' | 'worse' | 'open' {
  const { gain, gainLow, gainHigh } = row;
  if (gain === null || gainLow === null || gainHigh === null) return 'open';
  if (Math.abs(gain) < SPREAD * Math.max(row.klMean, flat.klMean)) return 'open';
  if (gainLow > 0) return 'better';
  return gainHigh < 0 ? 'worse' : 'open';
}
