import type { ReferenceTransform } from '../codec';

/** Seed of the sign pattern; any number would do, but links must find the same signs again. */
const SEED = 0x5f3759df;

/** +1 or -1 for a channel: the highest bit of a 32-bit hash (lowbias32) of the channel and the seed. */
export function signOf(channel: number): number {
  let x = (channel ^ SEED) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  x ^= x >>> 16;
  return x < 0 ? -1 : 1;
}

const flip = (row: Float32Array): void => {
  for (let i = 0; i < row.length; i++) row[i] *= signOf(i);
};

const transform: ReferenceTransform = { id: 'signs', forward: flip, inverse: flip };

export default transform;
