/** Bit allocation of "Quantize What Counts" (arXiv 2502.15075): the budget goes where a bit takes away most error. */

/** One number per layer for each side, in layer order. */
export interface PerLayer {
  k: number[];
  v: number[];
}

export interface BitPlan extends PerLayer {
  /** Sum of all widths. */
  used: number;
}

/** Widths of the published allocator. */
export const ALLOCATOR_WIDTHS = [1, 1.58, 2, 3, 4, 5, 6, 8] as const;

/** A tensor that comes later in the order takes the step only when it gains more than this. */
const TOLERANCE = 1e-6;

/**
 * Widths for weight norms: the error of a tensor is norm^2 4^(-b), the sum of widths at most 2 L budget. All start at the smallest
 * width; each step widens, by one place in `widths`, the tensor that loses most error per bit, among those that still fit, in the
 * order K0, V0, K1, V1 ...
 */
export function allocateBits(norms: PerLayer, budget: number, widths: readonly number[] = ALLOCATOR_WIDTHS): BitPlan {
  const costs = interleave(norms).map((norm) => norm * norm);
  const ladder = [...widths].sort((a, b) => a - b);
  const places = costs.map(() => 0);
  const limit = costs.length * budget + TOLERANCE;
  let used = costs.length * ladder[0];
  for (;;) {
    let best = -1;
    let bestGain = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < costs.length; i++) {
      const [from, to] = [ladder[places[i]], ladder[places[i] + 1]];
      if (to === undefined || used + to - from > limit) continue;
      const gain = (costs[i] * (4 ** -from - 4 ** -to)) / (to - from);
      if (gain > bestGain + TOLERANCE) [best, bestGain] = [i, gain];
    }
    if (best < 0) return { ...separate(places.map((place) => ladder[place])), used };
    used += ladder[places[best] + 1] - ladder[places[best]];
    places[best]++;
  }
}

/** K0, V0, K1, V1 ... */
export const interleave = ({ k, v }: PerLayer): number[] => k.flatMap((norm, layer) => [norm, v[layer]]);

export const separate = (values: readonly number[]): PerLayer => ({
  k: values.filter((_, i) => i % 2 === 0),
  v: values.filter((_, i) => i % 2 === 1),
});
