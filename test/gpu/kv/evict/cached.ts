import type { Cached, Settings } from '../../../../gpu/kv/evict';
import { settingsOf } from '../../../../gpu/kv/evict';
import { evictorOf, scorers } from '../../../../gpu/kv/evictors';

/** Layer 0 of 1 with one list of held rows 0 .. tokens-1 per head. */
export function cached(tokens: number, kvHeads: number, changes: Partial<Cached> = {}): Cached {
  const held = Array.from({ length: kvHeads }, () => Array.from({ length: tokens }, (_, j) => j));
  return { layer: 0, layers: 1, headDim: 2, heads: kvHeads, kvHeads, tokens, held, ...changes };
}

/** What stays by the scorer's own defaults but for `given`. */
export function kept(id: string, input: Cached, given: Settings = {}): number[][] | null {
  const evictor = evictorOf(id);
  return evictor.decide(input, settingsOf(evictor, given), undefined)?.map((rows) => [...rows]) ?? null;
}

export function scores(id: string, input: Cached, given: Settings = {}): number[][] {
  const scorer = scorers.find((candidate) => candidate.id === id)!;
  return scorer.score(input, settingsOf(scorer, given)).map((row) => Array.from(row));
}
