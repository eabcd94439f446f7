import type { RecordedRun } from '../workers/recording/recording';
import type { HeadId, State } from './store';

/** What of the state belongs to the run on screen: put aside while a recording is shown, and back afterwards. */
export const OWN_KEYS = [
  ...(['settings', 'edits', 'runEdits', 'pending', 'link', 'wanted', 'verdict'] as const),
  ...(['model', 'modelRef', 'prompt', 'promptError', 'phase', 'runInfo', 'step', 'reason', 'prefill'] as const),
  ...(['cursor', 'lane', 'head'] as const),
] satisfies (keyof State)[];

export type Own = Pick<State, (typeof OWN_KEYS)[number]>;

/** The recording on screen. Its settings, model and run stand where the visitor's own would. */
export interface OpenRecording {
  /** Id of one that comes with the page, null for a file. */
  shipped: string | null;
  adapter: RecordedRun['adapter'];
  /** Steps it has. */
  count: number;
  /** Heads with attention rows. */
  heads: HeadId[];
  /** The visitor's own state meanwhile. */
  own: Own;
  /** A model that is loaded now takes over the recording's prompt and precision. */
  wantsLive: boolean;
}

export interface RecordingSlice {
  recording: OpenRecording | null;
  /** It is not known yet whether a first visit's recording comes: the page offers nothing that would vanish at once. */
  coming: boolean;
}

/** The state as it would be without a recording on screen: what is saved of the session. */
export const ownState = (s: State): State => (s.recording ? { ...s, ...s.recording.own } : s);
