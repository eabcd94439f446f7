/** Starts of which the best is taken, and rounds of each at most. */
const STARTS = 10;
const ROUNDS = 300;

/**
 * Clusters of points (Lloyd 1982, started as k-means++, Arthur and Vassilvitskii 2007): the cluster of each point, with the least
 * sum of squared distances to the means of ten starts. Draws come from a fixed seed. A cluster may stay empty where points coincide.
 */
export function kMeans(points: readonly (readonly number[])[], clusters: number): number[] {
  const random = xorshift(1);
  let best = { of: points.map(() => 0), cost: Number.POSITIVE_INFINITY };
  for (let start = 0; start < STARTS; start++) {
    const found = settle(points, firstCentres(points, clusters, random));
    if (found.cost < best.cost) best = found;
  }
  return best.of;
}

/** One point after the other, each drawn in proportion to its squared distance from those there are. */
function firstCentres(points: readonly (readonly number[])[], clusters: number, random: () => number): number[][] {
  const centres = [[...points[Math.floor(random() * points.length)]]];
  const far = points.map((point) => squared(point, centres[0]));
  while (centres.length < clusters) {
    let left = random() * far.reduce((sum, x) => sum + x, 0);
    const next = far.findIndex((x) => {
      left -= x;
      return left < 0;
    });
    const centre = [...points[Math.max(next, 0)]];
    centres.push(centre);
    for (const [i, point] of points.entries()) far[i] = Math.min(far[i], squared(point, centre));
  }
  return centres;
}

/** Points to the nearest centre and centres to the mean of their points, until nothing changes. */
function settle(points: readonly (readonly number[])[], centres: number[][]): { of: number[]; cost: number } {
  let of: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = of;
    of = points.map((point) => nearest(point, centres));
    if (of.every((cluster, i) => cluster === before[i])) break;
    for (const [c, centre] of centres.entries()) {
      const own = points.filter((_, i) => of[i] === c);
      if (own.length === 0) continue;
      for (const axis of centre.keys()) centre[axis] = own.reduce((sum, point) => sum + point[axis], 0) / own.length;
    }
  }
  return { of, cost: points.reduce((sum, point, i) => sum + squared(point, centres[of[i]]), 0) };
}

function nearest(point: readonly number[], centres: readonly number[][]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [c, centre] of centres.entries()) {
    const far = squared(point, centre);
    if (far < least) [best, least] = [c, far];
  }
  return best;
}

function squared(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let axis = 0; axis < a.length; axis++) sum += (a[axis] - b[axis]) ** 2;
  return sum;
}

/** Numbers in [0, 1) (Marsaglia 2003). */
function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
