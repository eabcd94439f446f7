import { detectors } from '../../gpu/measure/detector-registry';
import { frames } from '../frames';
import { useStore } from '../store';
import { firstDivergence } from '../transcript/tokenCells';
import { cursorStep } from '../use-frames';
import { goThere } from './goThere';
import { watchRun } from './watchRun';

/** To the next first failing step of a detector, or the first step where FP16 parts, from the cursor on and around the end. */
export function toNextHit(): void {
  const state = useStore.getState();
  const watch = watchRun()?.watch;
  const lane = frames.lanes[state.lane];
  if (!watch || !lane) return;
  const hits = detectors.flatMap(({ id }) => {
    const { firstStep } = watch.finding(id, state.lane);
    return firstStep === null ? [] : [{ step: firstStep, go: () => goThere(id, firstStep) }];
  });
  const parting = firstDivergence(lane, frames.lanes[0], watch.run.mode === 'free-running');
  if (parting >= 0) hits.push({ step: parting, go: () => state.setCursor(parting) });
  hits.sort((a, b) => a.step - b.step);
  const here = cursorStep(state.cursor);
  (hits.find(({ step }) => step > here) ?? hits[0])?.go();
}
