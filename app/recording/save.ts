import { report } from '../engine';
import { isCurrent } from '../engine-run';
import { frames } from '../frames';
import { saveFile, slug } from '../page/download';
import type { State } from '../store';
import { useStore } from '../store';
import { openFile } from './open';

/** A run whose settings still are those on the page, or the recording on screen. */
export const canSave = (s: State): boolean =>
  s.recording !== null || (s.runInfo !== null && s.edits === s.runEdits && s.prompt !== null);

/** Lets the browser save the run so far as a recording; a recording on screen is saved as it came. */
export async function saveRecording(): Promise<void> {
  try {
    const bytes = openFile() ?? (await written());
    if (bytes) saveFile(`kvscope-${slug()}.kvrec`, bytes, 'application/octet-stream');
  } catch (error) {
    report(error);
  }
}

async function written(): Promise<Uint8Array<ArrayBuffer> | null> {
  const { settings, model, modelRef, adapter, prompt, reason, head } = useStore.getState();
  const { info } = frames;
  if (!isCurrent() || !info || !model || !adapter || !prompt || frames.count === 0) return null;
  const { writeRecording } = await import('../../workers/recording/write');
  const { scene: _, ...recorded } = settings;
  const kept = Array.from({ length: frames.count }, (_, step) => frames.get(step)).filter(
    (frame) => frame !== undefined,
  );
  const moves = settings.moves.filter((move) => move.step < kept.length);
  const run = { settings: { ...recorded, moves }, model, modelRef, adapter, prompt, info, reason, head, frames: kept };
  return writeRecording(run, () => new Promise((resume) => setTimeout(resume)));
}
