import { KvError } from '../../gpu/errors';
import { isBundled } from '../bundled';
import { report } from '../engine';
import { useStore } from '../store';
import { en } from '../text/en';
import { openRecording } from './open';

/** Recordings that come with the page, the one of the first visit first. Ids are file names. */
export const SHIPPED = ['keys-or-values', 'slider-moves'] as const;
export type ShippedId = (typeof SHIPPED)[number];

/** The recording of this name, as an address may ask for it (`?play=`). */
export const shippedOf = (name: string | null): ShippedId | undefined => SHIPPED.find((id) => id === name);

let asked = 0;

/** Fetches one of the page's recordings and plays it, if it is still wanted by then; the newest question wins. */
export async function watchShipped(id: ShippedId, isWanted = () => true): Promise<void> {
  const mine = ++asked;
  try {
    const bytes = await fetchShipped(id);
    await openRecording(bytes, id, () => mine === asked && isWanted());
  } catch (error) {
    report(error);
  }
}

/** The first visit: something moves before anything of the visitor's own is there. */
export async function watchFirst(): Promise<void> {
  const isUntouched = () => {
    const { recording, loading, model, edits } = useStore.getState();
    return !recording && (!loading || isBundled(loading.name)) && !model && edits === 0;
  };
  if (isUntouched()) await watchShipped(SHIPPED[0], isUntouched);
}

async function fetchShipped(id: ShippedId): Promise<Uint8Array<ArrayBuffer>> {
  const text = en.recording;
  let why: string;
  try {
    const answer = await fetch(new URL(`recordings/${id}.kvrec`, document.baseURI));
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    why = text.failedWhy(`${answer.status} ${answer.statusText}`.trim());
  } catch {
    why = navigator.onLine ? '' : text.offline;
  }
  throw new KvError('network', text.failedFetch, why, text.failedNext);
}
