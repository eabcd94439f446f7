export interface NamedKey {
  key: number;
  fp16: number;
  lane: number;
  /** The key that lost most of its weight; it is named first, with both numbers. */
  lost: boolean;
}

/** A loss below this is not worth a name. */
const leastLoss = 0.01;
const leastWeight = 0.02;

/**
 * At most `most` keys to name: the strongest lost one first, then those FP16 looks at most. The sink has its own number
 * and the query its own label, so neither is among them; direct neighbours of a named key are passed over.
 */
export function namedKeys(fp16: ArrayLike<number>, lane: ArrayLike<number>, most = 3): NamedKey[] {
  const query = fp16.length - 1;
  const found: NamedKey[] = [];
  let lost = -1;
  for (let key = 1; key < query; key++) {
    const loss = fp16[key] - lane[key];
    if (loss >= leastLoss && (lost < 0 || loss > fp16[lost] - lane[lost])) lost = key;
  }
  if (lost > 0) found.push({ key: lost, fp16: fp16[lost], lane: lane[lost], lost: true });
  const strongest = [...Array(Math.max(0, query - 1)).keys()]
    .map((i) => i + 1)
    .filter((key) => fp16[key] >= leastWeight && query - key > 2)
    .sort((p, q) => fp16[q] - fp16[p]);
  for (const key of strongest) {
    if (found.length >= most) break;
    if (found.some((other) => Math.abs(other.key - key) <= 1)) continue;
    found.push({ key, fp16: fp16[key], lane: lane[key], lost: false });
  }
  return found;
}
