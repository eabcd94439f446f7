import { DISTANCE_BINS } from '../../gpu/run-types';

/** Lower edges in tokens back from the query: 0, 1, 2, 4 ... */
export const binEdges: number[] = Array.from({ length: DISTANCE_BINS }, (_, i) => (i === 0 ? 0 : 2 ** (i - 1)));

/** First bin of "64 and beyond". */
export const farBin = binEdges.indexOf(64);

/** Bins that a row of `length` keys can fill: trailing empty ones are cut. */
export function usedBins(length: number): number {
  let used = 1;
  while (used < binEdges.length && binEdges[used] <= length - 1) used++;
  return used;
}

export const firstTop = 0.12;

/** Top of the mass axis: 0.12, doubled until everything fits (the axis says so), never beyond 1. */
export function massTop(rows: ArrayLike<number>[]): number {
  let most = 0;
  for (const row of rows) for (let i = 0; i < row.length; i++) most = Math.max(most, row[i]);
  let top = firstTop;
  while (top < most && top < 0.9) top *= 2;
  return most > top ? 1 : top;
}

/** Relative change of the mass 64 tokens and farther back, null where FP16 has (almost) none. */
export function farChange(fp16: ArrayLike<number>, lane: ArrayLike<number>): number | null {
  let before = 0;
  let after = 0;
  for (let i = farBin; i < fp16.length; i++) {
    before += fp16[i];
    after += lane[i];
  }
  return before < 1e-3 ? null : (after - before) / before;
}
