import { useSyncExternalStore } from 'react';
import { isByPlane } from '../../gpu/kv/config';
import type { LaneDecisions } from '../../workers/protocol';
import { shownLanes } from '../draw/lanes';
import { engine } from '../engine';
import type { State } from '../store';
import { useStore } from '../store';

const GAP_MS = 500;

/** The newest answer, and what it is of. */
let newest: { run: number; lane: number; answer: LaneDecisions } | null = null;
const listeners = new Set<() => void>();

export function subscribeDecisions(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What the lane on show has decided, as far as the page knows. */
export function decisionsNow(state: Pick<State, 'runInfo' | 'lane' | 'recording'>): LaneDecisions | null {
  if (!newest || state.recording || newest.run !== state.runInfo?.run || newest.lane !== state.lane) return null;
  return newest.answer;
}

/** True where the lane on show decides about tokens. */
export function decidesNow(state: Pick<State, 'settings' | 'runInfo' | 'lane'>): boolean {
  const config = shownLanes(state)[state.lane - 1];
  return config !== undefined && isByPlane(config);
}

export const useDecisions = (): LaneDecisions | null => {
  const answer = useSyncExternalStore(subscribeDecisions, () => newest);
  const isShown = useStore((s) => decisionsNow(s) === answer?.answer);
  return isShown ? (answer?.answer ?? null) : null;
};

/** Asks the engine after steps and when another lane is on show, twice a second at most, until it is undone. */
export function watchDecisions(): () => void {
  let asked = '';
  let askedAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  const wanted = () => {
    const { runInfo, lane, step, recording } = useStore.getState();
    return runInfo && !recording ? { run: runInfo.run, lane, key: `${runInfo.run} ${lane} ${step}` } : null;
  };
  const ask = async () => {
    const what = wanted();
    if (what && what.key !== asked) {
      asked = what.key;
      askedAt = performance.now();
      const { run, lane } = what;
      // Where the engine is gone the page says so elsewhere, and the next run asks again.
      const answer = await engine()
        .call('decisions', { run, lane })
        .catch(() => null);
      if (isOver) return;
      if (answer) newest = { run, lane, answer };
      for (const listener of listeners) listener();
    }
    timer = undefined;
    later();
  };
  const later = () => {
    const what = wanted();
    if (isOver || !what || what.key === asked) return;
    timer ??= setTimeout(ask, Math.max(0, GAP_MS - (performance.now() - askedAt)));
  };
  const off = useStore.subscribe(later);
  later();
  return () => {
    isOver = true;
    off();
    clearTimeout(timer);
  };
}
