import { frames } from '../frames';
import type { State } from '../store';

/**
 * The mode of the run on screen, which the settings may have left behind: free-running lanes have no KL once they part.
 * Until they do, the settings of that run decide.
 */
export function runMode(state: Pick<State, 'settings' | 'edits' | 'runEdits'>): 'same-prefix' | 'free-running' {
  const last = frames.count - 1;
  if (last < 0) return state.settings.mode;
  const [, ...lanes] = frames.lanes;
  if (lanes.some((lane) => Number.isNaN(lane.kl[last]))) return 'free-running';
  return state.edits === state.runEdits ? state.settings.mode : 'same-prefix';
}
