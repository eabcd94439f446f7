import type { Pair } from '../kv/allocate/pairs';

/** Relative error that a width does to a layer on its own, [layer][width], widths ascending; keys and values apart. */
export interface MeasuredErrors {
  widths: readonly number[];
  k: readonly (readonly number[])[];
  v: readonly (readonly number[])[];
}

interface Step {
  tensor: number;
  place: number;
  gain: number;
}

/**
 * Widths for every layer's keys and values from errors that were measured, layer by layer, on their own. The error of a set is
 *
 *   E = sum over layers l of e_K(l, k_l)^2 + e_V(l, v_l)^2,   sum over l of (k_l + v_l) <= L (k + v)
 *
 * (errors of keys and values, and of layers, counted as independent and all layers as equally dear, which is the approximation). All
 * start at the smallest width; each step widens the one tensor, by any number of places, that takes away most of E per bit among
 * those that still fit: the greedy rule of "Quantize What Counts" (arXiv 2502.15075), with measured errors in place of norms. Equal
 * gains: K0, V0, K1, V1 ... `budget` = mean bits of a key and a value together, k + v.
 */
export function suggestPairs(errors: MeasuredErrors, budget: number): Pair[] {
  const { widths } = errors;
  const tensors = errors.k
    .flatMap((_, l) => [errors.k[l], errors.v[l]])
    .map((row) => row.map((error) => error * error));
  const places = tensors.map(() => 0);
  let left = (tensors.length / 2) * budget - tensors.length * widths[0];
  for (;;) {
    let best: Step | null = null;
    for (const [tensor, costs] of tensors.entries()) {
      const from = places[tensor];
      for (let place = from + 1; place < widths.length; place++) {
        const bits = widths[place] - widths[from];
        const gain = (costs[from] - costs[place]) / bits;
        if (bits <= left + 1e-9 && gain > (best?.gain ?? 0)) best = { tensor, place, gain };
      }
    }
    if (!best) break;
    left -= widths[best.place] - widths[places[best.tensor]];
    places[best.tensor] = best.place;
  }
  return errors.k.map((_, l) => [widths[places[2 * l]], widths[places[2 * l + 1]]]);
}

/** E of a set of pairs, one for every layer; null where a width was not measured. */
export function errorOf({ widths, k, v }: MeasuredErrors, pairs: readonly Pair[]): number | null {
  let sum = 0;
  for (const [l, pair] of pairs.entries()) {
    const [at, to] = pair.map((bits) => widths.indexOf(bits));
    if (at < 0 || to < 0) return null;
    sum += k[l][at] ** 2 + v[l][to] ** 2;
  }
  return sum;
}

/**
 * The same widths dealt out the other way round: the layer whose keys (values) err most gets what the layer that errs least had. Bytes
 * stay; where the map says something, this is worse. Layers are ordered by their error at the smallest width.
 */
export function turnedRound(errors: MeasuredErrors, pairs: readonly Pair[]): Pair[] {
  const deal = (side: 'k' | 'v', s: 0 | 1): number[] => {
    const order = pairs.map((_, l) => l).sort((a, b) => errors[side][a][0] - errors[side][b][0] || a - b);
    const given = pairs.map((pair) => pair[s]).sort((a, b) => b - a);
    const out = new Array<number>(pairs.length);
    for (const [place, layer] of order.entries()) out[layer] = given[place];
    return out;
  };
  const [k, v] = [deal('k', 0), deal('v', 1)];
  return pairs.map((_, l) => [k[l], v[l]]);
}
