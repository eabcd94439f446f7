import type { SideName } from '../gpu/kv/config';
import type { RunSpec } from '../gpu/run-types';
import type { RunInfo } from '../workers/protocol';
import { runsOnCpu } from './cpu';
import { engine, report, runner, takeFrames } from './engine';
import { frames } from './frames';
import { useStore } from './store';
import { en } from './text/en';

const set = useStore.setState;
const get = useStore.getState;
let preparing: AbortController | null = null;
let resume = false;

/** True while the run on screen is the one that the settings describe. */
export const isCurrent = (): boolean => get().runInfo !== null && get().edits === get().runEdits;

/** True while a slider move belongs to the run and not to its starting point. */
export const isMovable = (): boolean =>
  isCurrent() && get().recording === null && !runsOnCpu(get()) && ['ready', 'playing', 'paused'].includes(get().phase);

function spec(): RunSpec {
  const { settings, prompt } = get();
  return {
    prompt: prompt?.ids ?? [],
    lanes: settings.lanes,
    mode: settings.mode,
    steps: settings.steps,
    decode: settings.decode,
    stops: [],
    moves: settings.moves,
    live: true,
    heads: true,
  };
}

/** Prefill of a new run; it then waits at step 0. */
export async function start(): Promise<boolean> {
  preparing?.abort();
  const mine = new AbortController();
  preparing = mine;
  frames.clear();
  set((s) => ({
    phase: 'preparing',
    prefill: null,
    error: null,
    runEdits: s.edits,
    step: 0,
    cursor: 'live',
    pending: {},
  }));
  try {
    const { head } = get();
    await engine().call('select', head);
    const info = await engine().call('start', spec(), mine.signal);
    if (preparing !== mine) return false;
    frames.begin(info);
    set({ runInfo: info, phase: 'ready', reason: null, prefill: null });
    takeFrames();
    return true;
  } catch (error) {
    if (preparing === mine) set({ phase: 'none', runInfo: null, prefill: null });
    report(error);
    return false;
  }
}

export function cancelStart(): void {
  preparing?.abort();
}

/** Forgets the run on screen: its lanes are no longer those of the settings. A recording ends by the edit itself. */
export function dropRun(): void {
  const { runInfo, phase, recording } = get();
  if (recording || (!runInfo && phase !== 'preparing')) return;
  preparing?.abort();
  preparing = null;
  frames.clear();
  set({ runInfo: null, phase: 'none', step: 0, reason: null, prefill: null, cursor: 'live' });
  void attempt(() => engine().call('stop', undefined));
}

/** Brings the engine's run to rest, so that it waits unchanged while something else is on screen. */
export async function settle(): Promise<void> {
  if (get().phase === 'preparing') {
    preparing?.abort();
    preparing = null;
    frames.clear();
    set({ phase: 'none', runInfo: null, prefill: null });
  }
  if (get().phase === 'playing') await pause();
}

/** Run, resume, or run again from the first step; a changed setting begins a new run. */
export async function play(): Promise<void> {
  if (!get().model) return;
  if (!isCurrent() || get().phase === 'none') {
    if (!(await start())) return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  } else if (get().phase === 'finished' && !(await rewind())) return;
  if (get().phase !== 'ready' && get().phase !== 'paused') return;
  set({ phase: 'playing', cursor: 'live' });
  try {
    await runner().call('play', {});
    if (get().phase === 'playing') set({ phase: 'paused' });
  } catch (error) {
    set({ phase: 'paused' });
    report(error);
  }
}

export async function pause(): Promise<void> {
  await attempt(() => runner().call('pause', undefined));
}

export async function rewind(): Promise<boolean> {
  return attempt(async () => {
    if (get().phase === 'playing') await runner().call('pause', undefined);
    const { learned } = await runner().call('rewind', undefined);
    frames.rewind(1);
    const { runInfo } = get();
    set({ phase: 'ready', step: 0, reason: null, cursor: 'live', runInfo: learnedIn(runInfo, learned) });
  });
}

/** The run as it is known, with where its tables come from now: they may have been forgotten since it began. */
const learnedIn = (info: RunInfo | null, learned: RunInfo['learned']): RunInfo | null =>
  info && info.learned !== learned ? { ...info, learned } : info;

/** One step forward: through what is there, then by computing the next. */
export async function stepOn(): Promise<void> {
  const { cursor, phase } = get();
  if (cursor !== 'live') return get().setCursor(cursor + 1 >= frames.count - 1 ? 'live' : cursor + 1);
  if (!isCurrent() || phase === 'none') {
    await start();
    return;
  }
  if (phase === 'finished' || phase === 'preparing') return;
  await attempt(async () => {
    if (phase === 'playing') await runner().call('pause', undefined);
    await runner().call('step', undefined);
  });
}

export function stepBack(): void {
  const { cursor } = get();
  get().setCursor((cursor === 'live' ? frames.count - 1 : cursor) - 1);
}

const inFlight: Partial<Record<SideName, number>> = {};

/** A slider's new value: a logged move of the run, taken at the next token boundary, or the run's starting point. */
export async function moveBits(field: SideName, value: number): Promise<void> {
  if (get().recording) {
    get().setPending(field, null);
    return get().notice(en.recording.fixed);
  }
  if (!isMovable()) return get().setBits(field, value);
  get().setPending(field, value);
  if (inFlight[field] !== undefined) return;
  inFlight[field] = value;
  const taken = await attempt(async () => {
    const { lane, scope } = get();
    get().addMove(await runner().call('move', { lane, field, value, scope }));
  });
  delete inFlight[field];
  const wanted = get().pending[field];
  if (taken && wanted !== undefined && wanted !== value) return moveBits(field, wanted);
  get().setPending(field, null);
}

/** Tells the engine which head is locked: its attention row comes with every frame from then on. */
export function watchHead(): void {
  useStore.subscribe((s, before) => {
    if (s.head !== before.head && s.runInfo) void attempt(() => runner().call('select', s.head));
  });
}

/** The eval JSON of the run so far. */
export const runReport = (): Promise<object> => engine().call('report', undefined);

/** A hidden tab stops at a token boundary and goes on when it is seen again. */
export function watchVisibility(): void {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && get().phase === 'playing') {
      resume = true;
      void pause();
    } else if (!document.hidden && resume) {
      resume = false;
      if (get().phase === 'paused') void play();
    }
  });
}

async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    report(error);
    return false;
  }
}
