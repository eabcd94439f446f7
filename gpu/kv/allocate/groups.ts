import type { PerLayer } from './bits';
import { interleave, separate } from './bits';

/** Group sizes of "Quantize What Counts" (arXiv 2502.15075): small groups where the error is worth their scales. */
export interface GroupPlan extends PerLayer {
  /** Mean of 1 / group: times 32 bits, what scales cost per value. */
  meanInverse: number;
}

export const GROUP_SIZES = [16, 32, 64, 128, 256] as const;

interface Step {
  tensor: number;
  place: number;
  /** Error added (below 0: taken away) per unit of 1 / g. */
  price: number;
}

/**
 * Group sizes for weight norms: the error of a tensor is norm^2 g, the mean of 1 / g as near to 1 / budget as single steps get.
 * The continuous optimum, g proportional to 1 / norm, is rounded to the nearest size (the smaller one on a tie); then sizes move one
 * place at a time towards the target, never past it: the step that adds least error (or takes most away) for what it moves is first.
 */
export function allocateGroups(norms: PerLayer, budget: number, sizes: readonly number[] = GROUP_SIZES): GroupPlan {
  const all = interleave(norms);
  const ladder = [...sizes].sort((a, b) => a - b);
  const target = all.length / budget;
  const unit = all.reduce((sum, norm) => sum + norm, 0) / target;
  const places = all.map((norm) => nearest(ladder, unit / norm));
  const sum = () => places.reduce((total, place) => total + 1 / ladder[place], 0);
  const way = sum() > target ? 1 : -1;
  for (;;) {
    const left = Math.abs(sum() - target) + 1e-12;
    const step = all
      .map((norm, tensor): Step => {
        const place = places[tensor] + way;
        return { tensor, place, price: way * norm * norm * ladder[places[tensor]] * ladder[place] };
      })
      .filter(({ tensor, place }) => Math.abs(1 / ladder[place] - 1 / ladder[places[tensor]]) <= left)
      .reduce<Step | null>((best, next) => (best && best.price <= next.price ? best : next), null);
    if (!step) break;
    places[step.tensor] = step.place;
  }
  return { ...separate(places.map((place) => ladder[place])), meanInverse: sum() / all.length };
}

/** Place of the size nearest to `value`. */
function nearest(ladder: readonly number[], value: number): number {
  let best = 0;
  ladder.forEach((size, place) => {
    if (Math.abs(size - value) < Math.abs(ladder[best] - value)) best = place;
  });
  return best;
}
