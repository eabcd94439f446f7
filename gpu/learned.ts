/** What a model has taught once: lists of words under a name that says what they are and with which settings. */
export interface Memory {
  /** Null where nothing usable is kept under that name. Never throws. */
  read(what: string): Promise<Uint32Array[] | null>;
  /** False where it could not be kept. Never throws. */
  write(what: string, lists: readonly Uint32Array[]): Promise<boolean>;
}

/** `kept`: learned on an earlier visit. `new`: learned now, and kept for the next. `unkept`: learned now, for as long as the engine is there. */
export type Origin = 'kept' | 'new' | 'unkept';

export interface Learned {
  lists: Uint32Array[];
  origin: Origin;
}

/** Everything learned so far, by name, and where it outlives the engine. */
export interface Learning {
  learned: Map<string, Learned>;
  memory: Memory | null;
}

/** Puts what was learned just now where later runs find it. */
export async function keepLearned(
  { learned, memory }: Learning,
  name: string,
  what: string,
  lists: Uint32Array[],
): Promise<Learned> {
  const isKept = (await memory?.write(what, lists)) ?? false;
  const made: Learned = { lists, origin: isKept ? 'new' : 'unkept' };
  learned.set(name, made);
  return made;
}

/** What is known under a name, in this engine or from before; null where it has yet to be learned. `fits` refuses foreign lists. */
export async function findLearned(
  { learned, memory }: Learning,
  name: string,
  what: string,
  fits: (lists: readonly Uint32Array[]) => boolean,
): Promise<Learned | null> {
  const known = learned.get(name);
  if (known) return known;
  const lists = await memory?.read(what);
  if (!lists || !fits(lists)) return null;
  const found: Learned = { lists, origin: 'kept' };
  learned.set(name, found);
  return found;
}

/** Where the things that a run uses come from: from before if any of them does. Undefined where it uses none. */
export function originOf(used: readonly Learned[]): Origin | undefined {
  return (['kept', 'new', 'unkept'] as const).find((origin) => used.some((one) => one.origin === origin));
}
