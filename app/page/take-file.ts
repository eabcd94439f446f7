import { inspect, loadModel } from '../engine-model';
import { closeRecording, openRecording } from '../recording/open';
import { openLink } from '../session';
import { useStore } from '../store';
import { en } from '../text/en';
import { runFileLink } from './download';

/** What the page opens: models, recordings, run files. */
export const FILE_KINDS = '.gguf,.kvrec,.json';
const MOST_RECORDING = 256 * 2 ** 20;

/** A recording or a run file is opened and true is returned; anything else is left to be read as a model. */
export async function takeRunFile(file: File): Promise<boolean> {
  const begin = new Uint8Array(await file.slice(0, 6).arrayBuffer());
  const isRecording = /\.kvrec$/i.test(file.name) || new TextDecoder().decode(begin) === 'KVREC\n';
  if (isRecording) {
    await openRecording(new Uint8Array(await file.slice(0, MOST_RECORDING).arrayBuffer()));
    return true;
  }
  if (!/\.json$/i.test(file.name)) return false;
  const link = file.size < 1e6 ? runFileLink(await file.text()) : null;
  if (link === null) useStore.getState().notice(en.link.runFileBad);
  else {
    closeRecording();
    openLink(link);
  }
  return true;
}

/** A file of any kind, dropped or chosen: models are looked at first. Errors: those of the model's file. */
export async function takeFile(file: File): Promise<void> {
  if (await takeRunFile(file)) return;
  const ref = { kind: 'file', file } as const;
  const inspection = await inspect(ref);
  if (!inspection.fits) useStore.getState().notice(`${en.model.fitsNot} ${inspection.why}`);
  await loadModel(ref);
}
