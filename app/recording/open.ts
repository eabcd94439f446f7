import type { Recording } from '../../workers/recording/recording';
import { report, runEvents, runner, setPlayer } from '../engine';
import { play, settle } from '../engine-run';
import { frames } from '../frames';
import { formatLink } from '../link';
import type { LinkContent } from '../link-row';
import { emptyContent } from '../link-row';
import type { Settings } from '../settings';
import { SCENES } from '../setup/scenes';
import type { State } from '../store';
import { useStore } from '../store';
import type { LinkOrigin } from '../store-link';
import type { OpenRecording, Own } from '../store-recording';
import { OWN_KEYS } from '../store-recording';
import { Player } from './player';

const get = useStore.getState;
/** Numbers of recordings as runs: below those of the engine. */
let number = 0;
let player: Player | null = null;
let file: Uint8Array<ArrayBuffer> | null = null;
/** The visitor's own run, out of the way. */
let kept: ReturnType<typeof frames.take> | null = null;

/**
 * Reads the bytes and shows the recording in place of what is on screen, which waits as it was. A file that cannot be read
 * changes nothing and is reported.
 */
export async function openRecording(
  bytes: Uint8Array<ArrayBuffer>,
  shipped: string | null = null,
  isWanted = () => true,
): Promise<boolean> {
  let recording: Recording;
  try {
    const { readRecording } = await import('../../workers/recording/read');
    recording = readRecording(bytes);
  } catch (error) {
    report(error);
    return false;
  }
  if (!isWanted()) return false;
  await settle();
  file = bytes;
  show(recording, shipped);
  // Those who want no motion see all of it at once, at rest.
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) player?.seek(recording.count - 1);
  else void play();
  return true;
}

function show(recording: Recording, shipped: string | null): void {
  const state = get();
  const own = state.recording?.own ?? ownOf(state);
  if (!state.recording) kept = frames.take();
  const run = --number;
  player = new Player(recording, run, runEvents);
  setPlayer(player);
  const content = contentOf(recording);
  const open: OpenRecording = {
    ...{ shipped, own, adapter: recording.adapter, count: recording.count, heads: recording.heads, wantsLive: false },
  };
  const { model, modelRef, prompt, reason, head } = recording;
  const info = { ...recording.info, run };
  frames.begin(info);
  get().set({
    ...{ recording: open, settings: content.settings, runEdits: state.edits, pending: {}, link: linkOf(own, content) },
    ...{ wanted: content.model, verdict: null, model, modelRef, prompt, promptError: null, error: null },
    ...{
      phase: 'ready',
      runInfo: info,
      step: 0,
      reason,
      prefill: null,
      cursor: 'live',
      lane: 1,
      head,
      hoveredHead: null,
    },
  });
  player.seek(0);
}

/** Puts the visitor's own run back, as it was. */
export function closeRecording(): void {
  const { recording } = get();
  if (!recording) return;
  leave();
  get().set({ recording: null, ...recording.own });
}

/** Keeps the recording's settings, as an opened link would, and the visitor's model; the run on screen ends. */
export function takeOver(): void {
  const { recording } = get();
  if (!recording) return;
  leave();
  frames.clear();
  const { model, modelRef } = recording.own;
  get().set({
    ...{ recording: null, model, modelRef, prompt: null, promptError: null },
    ...{ phase: 'none', runInfo: null, step: 0, reason: null, cursor: 'live', runEdits: -1 },
  });
}

/** A step the visitor pointed at: shown at once, although it was not played yet. */
export function seekTo(step: number): void {
  if (step > frames.count - 1) player?.seek(step);
  get().setCursor(step >= frames.count - 1 ? 'live' : step);
}

/** The bytes of the recording on screen. */
export const openFile = (): Uint8Array<ArrayBuffer> | null => (player ? file : null);

/** The engine's run is gone while a recording is on screen: another model takes its place. */
export function dropOwnRun(): void {
  const { recording, set } = get();
  if (!recording) return;
  kept = null;
  const none = {
    model: null,
    prompt: null,
    phase: 'none',
    runInfo: null,
    step: 0,
    reason: null,
    cursor: 'live',
  } as const;
  set({ recording: { ...recording, own: { ...recording.own, ...none } } });
}

function leave(): void {
  void runner().call('pause', undefined);
  setPlayer(null);
  player = null;
  if (kept) frames.put(kept);
  else frames.clear();
  kept = null;
}

const ownOf = (state: State): Own => Object.fromEntries(OWN_KEYS.map((key) => [key, state[key]])) as unknown as Own;

/** Beside own work a recording stands like an opened link; where there is none, what is changed becomes the visitor's own. */
function linkOf(own: Own, content: LinkContent): LinkOrigin {
  const isFresh = own.link.kind === 'own' && own.settings.text === '';
  return isFresh
    ? own.link
    : { kind: 'opened', receipt: content.receipt, hash: formatLink(content), from: 'recording' };
}

function contentOf({ settings, model, modelRef, receipt }: Recording): LinkContent {
  const scene = SCENES.find(({ text, chat }) => text === settings.text && chat === settings.chat);
  const own: Settings = { ...settings, scene: scene?.id ?? null };
  return { ...emptyContent(), settings: own, model: { ref: modelRef, sha12: model.sha256.slice(0, 12) }, receipt };
}
