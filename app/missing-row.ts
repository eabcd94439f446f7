import { shownRow } from './attention/headSource';
import { runner } from './engine';
import { frames } from './frames';
import type { State } from './store';
import { useStore } from './store';

let asking = false;
/** What was asked last: a row that cannot be had is asked for once. */
let asked = '';

/** The row that the attention views want and no frame holds, while the engine is at rest. */
function wanted(s: State) {
  const shown = shownRow(s);
  const atRest = (s.recording || s.engine === 'ready') && ['ready', 'paused', 'finished'].includes(s.phase);
  if (!shown || shown.row || shown.step < 1 || shown.step < frames.keptFrom || !frames.info || !atRest) return null;
  return { run: frames.info.run, step: shown.step, ...shown.head };
}

/** Fetches the locked head's row for the step on show whenever the run stands still and the row is not there. */
export function watchRows(): void {
  const check = async () => {
    const at = wanted(useStore.getState());
    const key = JSON.stringify([at, frames.epoch]);
    if (!at || asking || key === asked) return;
    asking = true;
    asked = key;
    try {
      const row = await runner().call('row', at);
      if (row) frames.putRow(at.run, at.step, row);
    } catch {
      // A lost device or a new run: asked again with the next change.
      asked = '';
      return;
    } finally {
      asking = false;
    }
    void check();
  };
  useStore.subscribe(() => void check());
  frames.subscribe(() => void check());
}
