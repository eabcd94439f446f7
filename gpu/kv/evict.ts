import type { Entry, ParamValue } from './entry';
import { keepRows } from './keep-rows';

export type Settings = Readonly<Record<string, ParamValue>>;

/** After the attention of which tokens rows leave: what is decided at one token holds from the next one on. */
export type Acts =
  /** Once, after the whole prompt. */
  | { at: 'prompt' }
  /** Once, after the first decoded token. */
  | { at: 'firstToken' }
  /** After the prompt and then after every `every`-th decoded token. */
  | { at: 'steps'; every: number };

/** Column sums of attention: what keys got from the queries named, before anything left in between. */
export interface AttentionNeed {
  /** `kv`: summed over the query heads that share a KV head. `query`: apart for each query head. */
  heads: 'kv' | 'query';
  /** Weight of each prompt query's row: [tokens]. Rows of weight 0 need not be computed. */
  prompt(tokens: number): Float32Array;
  /** Rows of decoded tokens: added to the sums, put in their place, or not looked at. */
  decode: 'add' | 'replace' | 'ignore';
}

/** What the engine gathers for a scorer, and only on steps on which it acts reads back. */
export interface Needs {
  attention?: AttentionNeed;
  keys?: true;
  values?: true;
  /** Prompt queries before RoPE. */
  queries?: true;
}

/** One layer of one lane's cache as a scorer sees it. */
export interface Cached {
  layer: number;
  layers: number;
  headDim: number;
  heads: number;
  kvHeads: number;
  /** Tokens seen so far, evicted ones included. */
  tokens: number;
  /** Positions of the rows still held, ascending, per KV head, or per query head where sums or lists are. */
  held: readonly ArrayLike<number>[];
  /** Per KV head or query head as asked for, parallel to the rows of `held`. */
  sums?: readonly ArrayLike<number>[];
  /** Rotated keys and values of the rows still held: [rows][KV heads][D]. */
  keys?: Float32Array;
  values?: Float32Array;
  /** Prompt queries before RoPE: [tokens][query heads][D]. */
  queries?: Float32Array;
  /** Angle of RoPE per position and channel pair: [D/2]. */
  frequency?: ArrayLike<number>;
}

/** How many rows stay, and which of them without asking their score. */
export interface Plan {
  /** Rows per head that stay, the forced ones included; forced rows stay even where they are more. */
  keep: number;
  /** So many of the oldest and of the newest rows stay. */
  first: number;
  last: number;
  /** All heads share the layer's `keep` times heads rows; each keeps at least its best so many. */
  shared?: { least: number };
}

interface Timed extends Entry {
  acts(settings: Settings): Acts;
  needs(settings: Settings): Needs;
  /** True where lists come one per query head; left out: never. */
  byQuery?(settings: Settings): boolean;
  /** A number about the layer that people may want to see, and what it is compared with; for charts. */
  measure?: {
    of(cached: Cached, settings: Settings): number | null;
    threshold(settings: Settings): number;
  };
}

/** SEAM 4: which rows leave the cache for good. It knows nothing of lanes, codecs or buffers. */
export interface Evictor extends Timed {
  /** What it remembers of one layer of one lane between steps. `random` gives numbers in [0, 1) from the run's seed. */
  start?(settings: Settings, random: () => number): unknown;
  /**
   * Positions that stay, ascending: one list per KV head, one for all heads, or one per query head (keys and values are then kept
   * once for each). Null when nothing leaves. Only what it remembers may change.
   */
  decide(cached: Cached, settings: Settings, memory: unknown): Uint32Array[] | null;
}

/**
 * The usual evictor, and pure: statistics of one layer in, one number per head and row out; the highest stay, equal ones in the
 * order of their positions.
 */
export interface Scorer extends Timed {
  /** Null: nothing leaves. */
  plan(cached: Cached, settings: Settings): Plan | null;
  /** Per row of as many lists as `Evictor.decide` gives. */
  score(cached: Cached, settings: Settings): ArrayLike<number>[];
}

/** As `Evictor.decide`. */
export function evict(scorer: Scorer, cached: Cached, settings: Settings): Uint32Array[] | null {
  const plan = scorer.plan(cached, settings);
  if (!plan || cached.held.every((rows) => rows.length <= Math.max(plan.keep, plan.first + plan.last))) return null;
  const lists = keepRows(scorer.score(cached, settings), plan);
  const heldBy = (list: number) => cached.held[Math.floor((list * cached.held.length) / lists.length)];
  return lists.map((rows, list) => rows.map((row) => heldBy(list)[row]));
}

export const evictorFrom = (entry: Scorer | Evictor): Evictor =>
  'score' in entry ? { ...entry, decide: (cached, settings) => evict(entry, cached, settings) } : entry;

/** Settings complete: defaults where `given` says nothing. */
export function settingsOf({ params }: Entry, given: Settings = {}): Settings {
  return Object.fromEntries(params.map(({ key, default: value }) => [key, given[key] ?? value]));
}

/** Instrumentation bytes of one layer beside the cache itself: column sums that live on, and prompt queries that wait for the end. */
export function statisticsBytes(
  needs: Needs,
  shape: { heads: number; kvHeads: number; headDim: number; rows: number; prompt: number },
): number {
  const { attention, queries } = needs;
  const columns = attention ? (attention.heads === 'kv' ? shape.kvHeads : shape.heads) * shape.rows : 0;
  return 4 * (columns + (queries ? shape.prompt * shape.heads * shape.headDim : 0));
}

/** Weights of the last `count` of `tokens` prompt queries. */
export const lastRows = (tokens: number, count: number): Float32Array =>
  Float32Array.from({ length: tokens }, (_, row) => (row >= tokens - count ? 1 : 0));

export const allRows = (tokens: number): Float32Array => new Float32Array(tokens).fill(1);

/** Rows that stay of `tokens`: `cap`, or where that is 0 what the ratio leaves. */
export const capOf = ({ cap, ratio }: Settings, tokens: number): number =>
  Number(cap) > 0 ? Number(cap) : Math.floor(tokens * (1 - Number(ratio)));
