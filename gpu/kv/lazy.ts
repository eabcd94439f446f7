/**
 * SimLayerKV (arXiv 2410.13846): a layer whose first decoded token looks at little but the first and the newest keys is lazy; it
 * drops the rest once, and what comes later is kept. Written from the formulas.
 */
export interface LazySettings {
  /** A layer is lazy when S is above this. */
  tau: number;
  /** First and newest tokens that a lazy layer keeps, the current one included. */
  sinks: number;
  recent: number;
  /** The last layer is never trimmed. */
  protectLast?: boolean;
}

/** With so few keys nothing would leave: no layer is asked. */
export const isTooShort = (keys: number, { sinks, recent }: LazySettings): boolean => keys <= sinks + recent + 1;

/**
 * S, the attention on the first `sinks` and last `recent` keys, averaged over query heads; the token's own column counts. `rows`
 * may be one row per query head or sums of several: `heads` says how many they are together. Null when there are too few keys.
 */
export function lazyShare(rows: readonly ArrayLike<number>[], heads: number, settings: LazySettings): number | null {
  const keys = rows[0].length;
  if (isTooShort(keys, settings)) return null;
  let sum = 0;
  for (const row of rows) {
    for (let j = 0; j < settings.sinks; j++) sum += row[j];
    for (let j = keys - settings.recent; j < keys; j++) sum += row[j];
  }
  return sum / heads;
}

export function isLazy(share: number | null, layer: number, layers: number, settings: LazySettings): boolean {
  if (settings.protectLast && layer === layers - 1) return false;
  return share !== null && share > settings.tau;
}

/** Scaled for chats too short for the published 1,024: an eighth of the prompt, at least 32. Not the system's own. */
export const scaledRecent = (prompt: number): number => Math.max(32, Math.floor(prompt / 8));
