import { KvError, toPlain } from '../gpu/errors';
import type { Inspection, ModelRef } from '../workers/protocol';
import { engine, report } from './engine';
import { play } from './engine-run';
import { frames } from './frames';
import { closeRecording, dropOwnRun, takeOver } from './recording/open';
import { recentModels, rememberModel } from './saved';
import { RUN_CAP } from './settings';
import { hubRefName } from './setup/hub-ref';
import { whyNotRun } from './setup/reason';
import { useStore } from './store';
import { en } from './text/en';

const set = useStore.setState;
const get = useStore.getState;
let loading: AbortController | null = null;
let asking: AbortController | null = null;

/** How a link and the recent list name a model. */
export function refName(ref: ModelRef): string {
  if (ref.kind === 'hub') return hubRefName(ref);
  if (ref.kind === 'file') return ref.file.name;
  if (ref.kind === 'url') return ref.name;
  return get().stored.find((model) => model.id === ref.id)?.name ?? ref.id;
}

/** Reads the header only and says what a run would cost. */
export async function inspect(ref: ModelRef): Promise<Inspection> {
  asking?.abort();
  asking = new AbortController();
  const { settings } = get();
  return engine().call('inspect', { ref, lanes: settings.lanes, cap: RUN_CAP }, asking.signal);
}

/**
 * Loads a model in place of the present one. Resolves to false when it failed or was cancelled. `stays`: a recording on screen is not
 * ended by it; the model waits behind it.
 */
export async function loadModel(ref: ModelRef, stays = () => false): Promise<boolean> {
  loading?.abort();
  const mine = new AbortController();
  loading = mine;
  const name = refName(ref);
  set({ loading: { name, progress: null, since: performance.now(), from: 0 }, kept: null, error: null });
  if (get().recording) dropOwnRun();
  else {
    frames.clear();
    set({
      ...{ model: null, prompt: null, promptError: null },
      ...{ phase: 'none', runInfo: null, step: 0, reason: null, cursor: 'live' },
    });
  }
  try {
    const { model, kept, keptWhy } = await engine().call('load', ref, mine.signal);
    if (loading !== mine) return false;
    const known = (await recentModels()).find((recent) => recent.sha256 === model.sha256 && recent.kind === 'hub');
    const { recording } = get();
    const there = { model, modelRef: known?.name ?? name };
    set({ loading: null, kept: { kept, why: keptWhy } });
    if (recording && stays()) {
      set({ recording: { ...recording, own: { ...recording.own, ...there } } });
      return true;
    }
    const live = leaveRecording(model.sha256);
    set(there);
    const { head } = get();
    if (head.layer >= model.layers || head.head >= model.heads) get().setHead({ layer: 0, head: 0 });
    void tokenize().then(() => {
      if (live && whyNotRun(get()) === null) void play();
    });
    void rememberModel(ref, name, model);
    set({ stored: await engine().call('stored', undefined) });
    return true;
  } catch (error) {
    if (loading === mine) {
      set({ loading: null });
      report(error);
    }
    return false;
  }
}

/** A model that is there ends the recording on screen. True when it is to run what was recorded. */
function leaveRecording(sha256: string): boolean {
  const { recording, wanted } = get();
  if (!recording?.wantsLive) {
    closeRecording();
    return false;
  }
  takeOver();
  // Another model than the recorded one makes it another run.
  if (wanted && !sha256.startsWith(wanted.sha12)) {
    set({ wanted: null });
    if (get().link.kind === 'opened') get().setLink({ kind: 'forked' });
  }
  return true;
}

export function cancelLoad(): void {
  loading?.abort();
  loading = null;
  set({ loading: null });
}

export async function forget(id: string): Promise<void> {
  try {
    await engine().call('forget', id);
    set({ stored: await engine().call('stored', undefined) });
  } catch (error) {
    report(error);
  }
}

/** Forgets what systems have learned from the present model. */
export async function unlearn(): Promise<void> {
  try {
    await engine().call('unlearn', undefined);
    const { runInfo } = get();
    set({ ...(runInfo && { runInfo: { ...runInfo, learned: undefined } }) });
    get().notice(en.systems.learned.forgotten);
    set({ stored: await engine().call('stored', undefined) });
  } catch (error) {
    report(error);
  }
}

let asked = 0;

/** Counts the prompt's tokens; the newest question wins. */
export async function tokenize(): Promise<void> {
  const { settings, model } = get();
  const mine = ++asked;
  if (!model || settings.text === '') return set({ prompt: null, promptError: null });
  try {
    if (settings.text.length > en.limits.promptCharacters) {
      throw new KvError('bad-prompt', en.run.tooLong(settings.text.length, en.limits.promptCharacters));
    }
    const prompt = await engine().call('tokenize', { text: settings.text, chat: settings.chat && model.hasChat });
    if (mine === asked) set({ prompt, promptError: null });
  } catch (error) {
    if (mine === asked) set({ prompt: null, promptError: toPlain(error) });
  }
}
