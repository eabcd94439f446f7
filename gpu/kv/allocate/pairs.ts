/**
 * A pair of widths for every layer under a budget, from how much each pair hurts on its own: greedy steps down a ladder, each where
 * divergence rises least per bit saved (after KVTuner, arXiv 2502.04420, whose search is another).
 */
export type Pair = readonly [number, number];

/** From all 8 bits down; the ladder of the published candidates. */
export const LADDER: readonly Pair[] = [
  [8, 8],
  [8, 4],
  [4, 4],
  [4, 2],
  [2, 2],
];

const meanOf = ([k, v]: Pair): number => (k + v) / 2;

/**
 * `divergence[layer][rung]`: mean KL with this layer at `ladder[rung]` and all others at the top of the ladder. Returns the rung of
 * every layer, with a mean of at most `budget` bits where the ladder allows it. Equal steps: the earlier layer first.
 */
export function choosePairs(
  divergence: readonly (readonly number[])[],
  budget: number,
  ladder: readonly Pair[] = LADDER,
): number[] {
  const rungs = divergence.map(() => 0);
  const mean = () => rungs.reduce((sum, rung) => sum + meanOf(ladder[rung]), 0) / rungs.length;
  while (mean() > budget + 1e-9) {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const [layer, rung] of rungs.entries()) {
      if (rung + 1 >= ladder.length) continue;
      const saved = meanOf(ladder[rung]) - meanOf(ladder[rung + 1]);
      const price = (divergence[layer][rung + 1] - divergence[layer][rung]) / saved;
      if (price < least) [best, least] = [layer, price];
    }
    if (best < 0) break;
    rungs[best]++;
  }
  return rungs;
}

/** Neighbouring layers of one pair as one range. */
export function pairRanges(pairs: readonly Pair[]): { from: number; to: number; k: number; v: number }[] {
  const out: { from: number; to: number; k: number; v: number }[] = [];
  for (const [layer, [k, v]] of pairs.entries()) {
    const last = out.at(-1);
    if (last && last.k === k && last.v === v) last.to = layer;
    else out.push({ from: layer, to: layer, k, v });
  }
  return out;
}
