import { mapShape } from '../attention/headSource';
import { subscribeLive } from '../draw/live';
import type { State } from '../store';
import { shownHead } from '../store';
import { decisionsNow, subscribeDecisions } from './source';
import { countsDiffer, heldCounts } from './tokenStates';

export interface LayerFacts {
  layers: number;
  tokens: number;
  /** Null where nothing is measured of layers. */
  bars: { values: (number | null)[]; threshold: number } | null;
  /** Tokens held, null where nothing leaves. */
  counts: number[][] | null;
  /** Lines of a map of `counts`: KV heads, 1 where the heads of every layer agree, 0 where all layers do too. */
  lines: number;
}

let cached: { of: unknown; facts: LayerFacts } | null = null;

/** What there is to say layer by layer about the lane on show; null before anything is known. */
export function layerFacts(state: State): LayerFacts | null {
  const answer = decisionsNow(state);
  if (!answer) return null;
  if (cached?.of === answer) return cached.facts;
  const { decisions, tokens } = answer;
  const counts = heldCounts(decisions, tokens);
  const differ = countsDiffer(counts);
  const byHead = counts?.some((heads) => heads.some((count) => count !== heads[0])) ?? false;
  const facts = {
    layers: mapShape(state).layers,
    tokens,
    bars: decisions.layers ?? null,
    counts,
    lines: !differ ? 0 : byHead ? mapShape(state).kvHeads : 1,
  };
  cached = { of: answer, facts };
  return facts;
}

/** KV head that the head on show reads. */
export function kvHeadOf(state: State): number {
  const { heads, kvHeads } = mapShape(state);
  return Math.floor((shownHead(state).head * kvHeads) / heads);
}

/** Frames, cursor, settings, and what the engine answers about decisions. */
export function subscribeDrawn(request: () => void): () => void {
  const offs = [subscribeLive(request), subscribeDecisions(request)];
  return () => {
    for (const off of offs) off();
  };
}
