/**
 * ZipCache (arXiv 2405.14256): which tokens are worth more bits. Saliency of a key is the attention it gets from a few probe
 * queries, divided by how many could have given any.
 */
export interface Probes {
  /** How often each prompt query's row counts: [tokens]. */
  weights: Float32Array;
  /** Rows drawn at random (with replacement) and last rows, or all rows in their place. */
  random: number;
  recent: number;
}

export interface ProbeSettings {
  /** `all`: every query is a probe, what the sample stands for. */
  probes: 'sampled' | 'all';
  /** Share of the prompt that is probed at its end, and that is drawn from what lies before. */
  recentShare: number;
  randomShare: number;
}

/** `random` gives numbers in [0, 1), one per draw. */
export function drawProbes(tokens: number, settings: ProbeSettings, random: () => number): Probes {
  const before = Math.floor((1 - settings.recentShare) * tokens);
  const weights = new Float32Array(tokens);
  if (settings.probes === 'all') return { weights: weights.fill(1), random: before, recent: tokens - before };
  const drawn = Math.floor(settings.randomShare * tokens);
  weights.fill(1, before);
  for (let draw = 0; draw < drawn; draw++) weights[Math.floor(random() * before)]++;
  return { weights, random: drawn, recent: tokens - before };
}

/**
 * `code`: by the queries that can see the key in the whole prompt, T - j, as the published code does; it favours recent keys.
 * `probeNnz`: by the probes that can see it, as the paper writes. `none`: not divided.
 */
export type SaliencyNorm = 'code' | 'probeNnz' | 'none';

/** Saliency of each prompt key from the column sums of the probe rows of one KV head: [tokens]. A key that no probe sees gets 0. */
export function saliency(sums: ArrayLike<number>, { weights }: Probes, norm: SaliencyNorm): Float64Array {
  const tokens = sums.length;
  const scores = new Float64Array(tokens);
  let probes = 0;
  for (let j = tokens - 1; j >= 0; j--) {
    probes += weights[j];
    const seen = norm === 'code' ? tokens - j : norm === 'probeNnz' ? probes : 1;
    scores[j] = seen > 0 ? sums[j] / seen : 0;
  }
  return scores;
}

/** The two classes of one KV head: indices into `scores`, each ascending. */
export interface TokenClasses {
  low: number[];
  high: number[];
}

/** floor(ratio n) lowest scores get few bits; of equal ones the earlier. */
export function splitClasses(scores: ArrayLike<number>, ratio: number): TokenClasses {
  const order = bySaliency(scores);
  const count = Math.floor(ratio * scores.length);
  const ascending = (indices: number[]) => indices.sort((a, b) => a - b);
  return { low: ascending(order.slice(0, count)), high: ascending(order.slice(count)) };
}

/** Indices from the least to the most salient, equal ones in their order. */
export const bySaliency = (scores: ArrayLike<number>): number[] =>
  Array.from(scores, (_, i) => i).sort((a, b) => scores[a] - scores[b] || a - b);

/** True after the attention of decoded token number `decoded` (1, 2 ...) when the cache is coded anew. */
export const recompresses = (decoded: number, gap: number): boolean => decoded > 0 && decoded % gap === 0;

/**
 * Classes of the `gap` tokens that came since the last coding, from the current query's row of one KV head (summed over its query
 * heads, not divided) over all keys. Indices count from the first of them.
 */
export function splitNewest(row: ArrayLike<number>, gap: number, ratio: number): TokenClasses {
  return splitClasses(Array.from(row).slice(row.length - gap), ratio);
}
