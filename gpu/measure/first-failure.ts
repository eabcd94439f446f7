import type { DetectorId } from './detector';
import { detectors } from './detector-registry';

interface Seen {
  id: DetectorId;
  firstStep: number | null;
}

/** The failure mode that shows first, and at which step; null where none does. */
export function firstFailure(found: readonly Seen[]): { title: string; step: number } | null {
  const fired = found.flatMap(({ id, firstStep }) => (firstStep === null ? [] : [{ id, step: firstStep }]));
  const [first] = fired.sort((a, b) => a.step - b.step);
  return first ? { title: detectors.find(({ id }) => id === first.id)?.title ?? first.id, step: first.step } : null;
}
