import type { State } from './store';

/** The last step the run on screen can have. */
export const lastStep = (s: Pick<State, 'recording' | 'settings'>): number =>
  s.recording ? s.recording.count - 1 : s.settings.steps;
