/**
 * Philox4x32-10, a counter-based generator (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011):
 * 128 counter bits and 64 key bits to 128 random bits, without state. Any draw can be repeated from its number alone.
 */
const ROUNDS = 10;
const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
const WEYL = [0x9e3779b9, 0xbb67ae85] as const;

type Four = [number, number, number, number];

/** Four u32 words from a counter of four u32 words and a key of two. */
export function philox(counter: Four, key: [number, number]): Four {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const [high0, low0] = multiply(MULTIPLIERS[0], c0);
    const [high1, low1] = multiply(MULTIPLIERS[1], c2);
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + WEYL[0]) >>> 0;
    k1 = (k1 + WEYL[1]) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** High and low word of a 32 x 32 bit product. */
function multiply(a: number, b: number): [number, number] {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = aHigh * bLow + Math.floor((aLow * bLow) / 65536);
  const cross = (middle % 65536) + aLow * bHigh;
  const high = aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(cross / 65536);
  return [high >>> 0, Math.imul(a, b) >>> 0];
}

/** The draw of (seed, step), uniform in [0, 1) with 53 random bits; seed and step are taken as u32. */
export function uniformDraw(seed: number, step: number): number {
  const [a, b] = philox([step >>> 0, 0, 0, 0], [seed >>> 0, 0]);
  return ((a >>> 5) * 2 ** 26 + (b >>> 6)) / 2 ** 53;
}
