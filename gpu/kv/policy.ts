import type { CacheConfig } from './config';
import type { Entry } from './entry';

/** SEAM 3: which rows are exact and which are coded, as plain TypeScript. A row goes from exact to coded once and stays there. */
export interface Policy extends Entry {
  /** True when this policy is the one the configuration asks for. */
  applies(config: CacheConfig): boolean;
  /** First position whose query sees row `j` coded; Infinity = never. */
  sealTime(j: number, config: CacheConfig): number;
  /** Most rows that can be exact at one moment (rows of an unfinished block of tokens not counted). */
  exactRows(config: CacheConfig): number;
}
