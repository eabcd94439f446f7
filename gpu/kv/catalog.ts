import { KvError } from '../errors';
import type { Entry, EntryKind } from './entry';

/**
 * Every codec, transform, policy and system there is, gathered from the files of its folder: adding one is adding a file.
 * The file's default export holds at least the fields of `Entry`; its id is the file's name.
 */
type Modules = Record<string, Entry>;

const FOLDERS: Record<EntryKind, Modules> = {
  codec: import.meta.glob<Entry>(['./codecs/*.ts'], { eager: true, import: 'default' }),
  transform: import.meta.glob<Entry>(['./transforms/*.ts'], { eager: true, import: 'default' }),
  policy: import.meta.glob<Entry>(['./policies/*.ts'], { eager: true, import: 'default' }),
  system: import.meta.glob<Entry>(['./systems/*.ts'], { eager: true, import: 'default' }),
};

/** The entries of one folder, by id; files without an entry (shared helpers) are passed over. */
export function gather(modules: Modules): Entry[] {
  return Object.entries(modules)
    .filter(([, entry]) => typeof entry?.id === 'string')
    .map(([path, entry]) => {
      const name = path.slice(path.lastIndexOf('/') + 1, -'.ts'.length);
      if (name !== entry.id)
        throw new KvError('internal', `${path} calls itself "${entry.id}"; the id is the file's name.`);
      return plain(entry);
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Only the data of an entry: what `eval --list` prints and what may cross into the page. */
function plain(entry: Entry): Entry {
  const { id, title, text, formula, source, bits, params, facts } = entry;
  return {
    id,
    title,
    text,
    ...(formula === undefined ? {} : { formula }),
    ...(source === undefined ? {} : { source }),
    ...(bits === undefined ? {} : { bits }),
    params,
    ...(facts === undefined ? {} : { facts }),
  };
}

export const catalogue: Record<EntryKind, readonly Entry[]> = {
  codec: gather(FOLDERS.codec),
  transform: gather(FOLDERS.transform),
  policy: gather(FOLDERS.policy),
  system: gather(FOLDERS.system),
};

/** `f16, uniform`, or `none yet`. */
export function known(kind: EntryKind): string {
  const ids = catalogue[kind].map((entry) => entry.id);
  return ids.length === 0 ? 'none yet' : ids.join(', ');
}

/** The entry of that id. Throws KvError('bad-config') naming the known ids. */
export function find(kind: EntryKind, id: string): Entry {
  const entry = catalogue[kind].find((candidate) => candidate.id === id);
  if (!entry) throw new KvError('bad-config', `There is no ${kind} called ${id}; known: ${known(kind)}.`);
  return entry;
}
