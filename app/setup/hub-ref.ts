import { hubName, parseHubRef as parse } from '../../gpu/load/hub';
import type { ModelRef } from '../../workers/protocol';

type HubModel = Extract<ModelRef, { kind: 'hub' }>;

/** What people paste, as a reference. Throws KvError naming the part that is missing. */
export const readHubRef = (text: string): HubModel => ({ kind: 'hub', ...parse(text) });

/** The same for text that may be anything, such as the name of a local file; null when it is no hub reference. */
export function parseHubRef(text: string): HubModel | null {
  try {
    return readHubRef(text);
  } catch {
    return null;
  }
}

/** `owner/repo/file.gguf`, with the revision when it is not main. */
export const hubRefName = ({ repo, file, revision }: HubModel): string =>
  hubName({ repo, file, revision: revision ?? 'main' });
