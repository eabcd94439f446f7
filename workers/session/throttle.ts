import type { Progress } from '../protocol';

const INTERVAL_MS = 100;

/** Progress at most ten times a second; the first and the last word of every phase always get through. */
export function throttled(emit: (progress: Progress) => void): (progress: Progress) => void {
  let phase = '';
  let before = 0;
  return (progress) => {
    const now = performance.now();
    const due = progress.phase !== phase || progress.done === progress.total || now - before >= INTERVAL_MS;
    if (!due) return;
    phase = progress.phase;
    before = now;
    emit(progress);
  };
}

/** Shares from 0 to 1 at most ten times a second; the whole always gets through. */
export function throttledShare(emit: (share: number) => void): (share: number) => void {
  let before = 0;
  return (share) => {
    const now = performance.now();
    if (share < 1 && now - before < INTERVAL_MS) return;
    before = now;
    emit(share);
  };
}
