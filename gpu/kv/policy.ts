import type { CacheConfig, SideName } from './config';
import type { Entry } from './entry';

/** What a policy may look at beside the configuration. */
export interface PolicyContext {
  side: SideName;
  /** Tokens of the prompt, or those of them that an eviction left. */
  prompt: number;
}

/** SEAM 3: which rows are exact and which are coded, as plain TypeScript. A row goes from exact to coded once and stays there. */
export interface Policy extends Entry {
  /** True when this policy is the one the configuration asks for. */
  applies(config: CacheConfig): boolean;
  /** First position whose query sees row `j` coded; Infinity = never. */
  sealTime(j: number, config: CacheConfig, context: PolicyContext): number;
  /** Most rows that can be exact at one moment (rows of an unfinished block of tokens not counted). */
  exactRows(config: CacheConfig, context: PolicyContext): number;
  /** Rows that are not due for coding once `tokens` tokens have been fed; whole blocks of tokens are the cache's affair. */
  exactAfter(tokens: number, config: CacheConfig, context: PolicyContext): number;
  /** Rows are coded after the attention of the token that makes them due: with the next token, or at the end of the prompt. */
  after?: true;
  /** True when rows coded before are coded anew at position `t`, where others are sealed. */
  requants?(t: number, config: CacheConfig, context: PolicyContext): boolean;
}
