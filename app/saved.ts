import { get, set, update } from 'idb-keyval';
import type { ModelSummary } from '../gpu/run-types';
import type { ModelRef } from '../workers/protocol';

/** What this browser keeps: the last session as a link string, and the models used last. Nothing leaves it. */
export interface RecentModel {
  /** `owner/repo/file.gguf`, or a file name. */
  name: string;
  kind: 'hub' | 'file' | 'url';
  sha256: string;
  bytes: number;
  lastUsed: number;
}

/** The visitor's own session, and the one of a tab that forked a link, so that neither overwrites the other. */
export type SessionKey = 'session' | 'fork';
const RECENT = 'recent-models';
const MOST_RECENT = 8;

export const readSession = (key: SessionKey): Promise<string | undefined> => quiet(() => get<string>(key));
export const writeSession = (key: SessionKey, link: string): Promise<void> => quiet(() => set(key, link));
export const recentModels = async (): Promise<RecentModel[]> => (await quiet(() => get<RecentModel[]>(RECENT))) ?? [];

export async function rememberModel(ref: ModelRef, name: string, model: ModelSummary): Promise<void> {
  if (ref.kind === 'stored') return;
  const entry = { name, kind: ref.kind, sha256: model.sha256, bytes: model.fileBytes, lastUsed: Date.now() };
  await quiet(() =>
    update<RecentModel[]>(RECENT, (list = []) =>
      [entry, ...list.filter((other) => other.name !== name)].slice(0, MOST_RECENT),
    ),
  );
}

export async function forgetRecent(name: string): Promise<void> {
  await quiet(() => update<RecentModel[]>(RECENT, (list = []) => list.filter((other) => other.name !== name)));
}

/** Storage may be blocked (private windows, policies); the page then works without a memory. */
export async function quiet<T>(work: () => Promise<T>): Promise<T | undefined>;
export async function quiet(work: () => Promise<void>): Promise<void>;
export async function quiet<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}
