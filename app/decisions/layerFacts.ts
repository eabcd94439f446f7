import { rowCopies } from '../../gpu/kv/lane-copies';
import { mapShape } from '../attention/headSource';
import { shownLanes } from '../draw/lanes';
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
  /** Lines of a map of `counts`: heads, 1 where the heads of every layer agree, 0 where all layers do too. */
  lines: number;
  /** Heads are query heads, else KV heads. */
  byQuery: boolean;
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
    lines: !differ ? 0 : byHead ? heldHeads(state) : 1,
    byQuery: isByQuery(state),
  };
  cached = { of: answer, facts };
  return facts;
}

/** Heads of a layer that hold rows of their own in the lane on show: KV heads, or query heads. */
function heldHeads(state: State): number {
  const config = shownLanes(state)[state.lane - 1];
  const shape = mapShape(state);
  return shape.kvHeads * (config ? rowCopies(config, shape) : 1);
}

/** True where those are query heads, several of which read one KV head. */
export const isByQuery = (state: State): boolean => heldHeads(state) > mapShape(state).kvHeads;

/** The one of those heads whose rows the head on show reads. */
export const heldHeadOf = (state: State): number =>
  Math.floor((shownHead(state).head * heldHeads(state)) / mapShape(state).heads);

/** Frames, cursor, settings, and what the engine answers about decisions. */
export function subscribeDrawn(request: () => void): () => void {
  const offs = [subscribeLive(request), subscribeDecisions(request)];
  return () => {
    for (const off of offs) off();
  };
}
