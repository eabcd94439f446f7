import type { CacheDims } from '../../kv/footprint';

/** What of a model decides how its cache takes to few bits. */
export interface ModelTraits extends CacheDims {
  /** Query heads. */
  heads: number;
  hidden: number;
  ffn: number;
  vocab: number;
  /** The key projection has a bias. */
  qkvBias: boolean;
  /** Queries and keys are normalised head by head. */
  qkNorm: boolean;
}

/** From here on reports ask for two bits more for keys. */
const MANY_QUERIES = 6;

/** Many query heads read one key head: its error counts as often. */
export const sharesMany = ({ heads, kvHeads }: Pick<ModelTraits, 'heads' | 'kvHeads'>): boolean =>
  heads / kvHeads >= MANY_QUERIES;

/** Weights of the matrices, embeddings once: about what the model's name says. */
export const weightCount = ({ layers, heads, kvHeads, headDim, hidden, ffn, vocab }: ModelTraits): number =>
  vocab * hidden + layers * (2 * hidden * headDim * (heads + kvHeads) + 3 * hidden * ffn);
