import { KvError } from '../../errors';
import { checkForModel } from '../../kv/check';
import type { CacheConfig } from '../../kv/config';
import type { CacheDims } from '../../kv/footprint';
import { footprint } from '../../kv/footprint';
import { parseLane } from '../../kv/lane';
import type { Candidate, Matter } from './candidates';
import { CANDIDATES } from './candidates';
import type { SceneId } from './scenes';
import { rowsFor } from './scenes';
import type { ModelTraits } from './traits';
import { sharesMany } from './traits';

/** What the visitor says. */
export interface Wish {
  scene: SceneId;
  /** Tokens in the cache. */
  length: number;
  /** Bytes that the cache may take, or null. */
  budget: number | null;
  matters: Matter;
  /** Run these and nothing else; null = what the rules propose. */
  lanes?: readonly string[] | null;
}

export interface Proposal {
  lane: string;
  config: CacheConfig;
  /** The published advice in its own words; empty where the rules here propose it. */
  published: string;
  reasons: string[];
  /** Bytes at the wished length; `atMost` where the run decides what stays. */
  bytes: number;
  atMost: boolean;
}

export interface Advice {
  proposals: Proposal[];
  /** The same bytes with K and V exchanged, which tests the rule that keys need more; null where no pair is uneven. */
  swapped: { lane: string; of: string } | null;
  /** Published picks that were left out: over the budget, or impossible on this model. */
  left: { published: string; why: string }[];
  fp16: number;
}

export const MOST_PROPOSALS = 6;

/**
 * Up to six pairs and systems: the published picks of the scene and of the length first, then what the rules add for what matters.
 * Candidates over the budget fall out; when too few are left, the largest that fit take their places.
 */
export function propose(wish: Wish, model: ModelTraits): Advice {
  const left: Advice['left'] = [];
  const chosen = new Map<string, Proposal>();
  const take = (lane: string, published: string, reasons: string[]): string | null => {
    const known = chosen.get(lane);
    if (known) {
      for (const reason of reasons) if (!known.reasons.includes(reason)) known.reasons.push(reason);
      return null;
    }
    if (chosen.size >= MOST_PROPOSALS) return 'there is no room for it';
    const made = measure(lane, model, wish.length);
    if (typeof made === 'string') return made;
    if (wish.budget !== null && made.bytes > wish.budget) return 'it is larger than the budget';
    chosen.set(lane, { lane, published, reasons, ...made });
    return null;
  };
  for (const row of rowsFor(wish.scene, wish.length))
    for (const { lane, published, when } of row.picks) {
      const why = take(lane, published, [when === '' ? row.remark : `${capital(when)}.`]);
      if (why) left.push({ published, why });
    }
  for (const { lane, reason } of ranked(wish, model)) take(lane, '', [reason]);
  const proposals = only([...chosen.values()], wish, model);
  return { proposals, swapped: swappedOf(proposals), left, fp16: fp16Bytes(model, wish.length) };
}

/** The visitor's choice among the proposals, and lanes of their own. Errors: bad-config. */
function only(proposals: Proposal[], { lanes, length }: Wish, model: ModelTraits): Proposal[] {
  if (!lanes) return proposals;
  return lanes.slice(0, MOST_PROPOSALS).map((lane) => {
    const known = proposals.find((one) => one.lane === lane);
    if (known) return known;
    const made = measure(lane, model, length);
    if (typeof made === 'string') throw new KvError('bad-config', `${lane}: ${made}.`);
    return { lane, published: '', reasons: [], ...made };
  });
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Candidates for what matters in the order of the list, after those that the model itself asks for; then all others. */
function ranked({ matters, budget }: Wish, model: ModelTraits): Candidate[] {
  const needs = CANDIDATES.filter(
    ({ keys, lane }) => (model.qkvBias && keys !== undefined) || (sharesMany(model) && lane === 'k=6 v=4'),
  ).slice(0, 2);
  const fit = CANDIDATES.filter((one) => one.for.includes(matters));
  const rest = budget === null ? [] : CANDIDATES;
  return [...new Set([...needs, ...fit, ...rest])];
}

/** Configuration and bytes of a lane on this model, or why it cannot run there. */
function measure(
  lane: string,
  model: ModelTraits,
  tokens: number,
): Pick<Proposal, 'config' | 'bytes' | 'atMost'> | string {
  try {
    const config = parseLane(lane);
    checkForModel(config, model.headDim);
    const { total } = footprint(config, model, tokens);
    return { config, bytes: total, atMost: config.evict !== undefined || config.mix !== undefined };
  } catch (error) {
    return error instanceof Error ? `it is not possible on this model: ${error.message}` : 'it is not possible here';
  }
}

const fp16Bytes = (dims: CacheDims, tokens: number): number => dims.layers * dims.kvHeads * dims.headDim * tokens * 4;

/** The first plain pair of uneven widths, exchanged. */
function swappedOf(proposals: readonly Proposal[]): Advice['swapped'] {
  const has = (lane: string) => proposals.some((one) => one.lane === lane);
  for (const { lane } of proposals) {
    const [, k, v] = /^k=(\d+) v=(\d+)$/.exec(lane) ?? [];
    const other = `k=${v} v=${k}`;
    if (k !== v && !has(other)) return { lane: other, of: lane };
  }
  return null;
}
