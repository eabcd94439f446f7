import type { CacheConfig } from './config';
import { settingsOf } from './evict';
import { evictorOf } from './evictors';

/**
 * How often a lane keeps the rows of a KV head: once for each of the query heads that share it, where these hold lists of their own
 * (`Evictor.byQuery`), else once. That follows from the settings alone: the original SnapKV repeats keys and values before it selects
 * rows, so a lane with lists by query head keeps all copies where nothing leaves, too (a prompt shorter than the capacity), and its
 * rows take as many times the bytes. What it computes is then what one copy would give, to the last bit.
 */
export function rowCopies(
  { evict }: Pick<CacheConfig, 'evict'>,
  { heads, kvHeads }: { heads: number; kvHeads: number },
): number {
  if (!evict) return 1;
  const evictor = evictorOf(evict.id);
  return evictor.byQuery?.(settingsOf(evictor, evict.own)) ? heads / kvHeads : 1;
}
