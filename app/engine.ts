import { fromPlain, KvError, toPlain } from '../gpu/errors';
import type { Client } from '../workers/client';
import type { Events, Progress } from '../workers/protocol';
import { frames } from './frames';
import { useStore } from './store';
import { en } from './text/en';

/** The one engine of the page. Calls live in `engine-model.ts` and `engine-run.ts`; this file turns events into state. */
let client: Client | null = null;
/** Frames that came before the answer to `start` told which run they belong to. */
let early: Events['frame'][] = [];

const set = useStore.setState;
const get = useStore.getState;

export function engine(): Client {
  if (!client) throw new KvError('internal', 'The engine has not started.');
  return client;
}

/** What answers the calls about the run on screen: a recording that is replayed, else the engine. */
let player: Pick<Client, 'call'> | null = null;
export const runner = (): Pick<Client, 'call'> => player ?? engine();

/** Where a player's frames and states go: the same way as the engine's. */
export const runEvents = {
  frame: (frame: Events['frame']) => onFrame(frame),
  state: (state: Events['state']) => onState(state),
};

/** False while what is on screen goes on without the engine. */
const hasEngineRun = () => player === null;

export function setPlayer(next: Pick<Client, 'call'> | null): void {
  player = next;
}

/** Connects the page to an engine and asks for its adapter. */
export async function boot(started: Client): Promise<void> {
  client = started;
  client.on('frame', onFrame);
  client.on('state', onState);
  client.on('progress', onProgress);
  client.on('notice', ({ text }) => get().notice(text));
  client.on('device', onDevice);
  await hello();
}

/** Asks for the adapter; also what "try again" does. `cpu`: the visitor takes the reference engine instead. */
export async function hello(cpu = false): Promise<void> {
  set({ engine: 'starting', engineError: null });
  try {
    const { adapter, storage } = await engine().call('hello', cpu ? { cpu } : undefined);
    set({ engine: 'ready', adapter, storage });
    if (!storage.opfs) get().notice(en.states.storageBlocked);
    set({ stored: await engine().call('stored', undefined) });
  } catch (error) {
    const plain = toPlain(error);
    const state = plain.code === 'no-webgpu' || plain.code === 'no-adapter' ? plain.code : 'failed';
    set({ engine: state, engineError: plain });
  }
}

/** Shows a failure until it is dismissed. A cancelled call is no failure. */
export function report(error: unknown): void {
  const plain = toPlain(error);
  if (plain.code !== 'cancelled') set({ error: plain });
}

/** Takes the frames of a run from now on, beginning with those that came early. */
export function takeFrames(): void {
  const waiting = early;
  early = [];
  for (const frame of waiting) onFrame(frame);
}

function onFrame(frame: Events['frame']): void {
  if (get().phase === 'preparing') {
    early.push(frame);
    return;
  }
  frames.push(frame);
  if (frame.run === frames.info?.run) set({ step: frame.step });
}

function onState(state: Events['state']): void {
  if (state.run !== frames.info?.run) return;
  set({ phase: state.state, step: state.step, reason: state.reason });
}

function onProgress(progress: Progress): void {
  if (progress.phase === 'prefill' || progress.phase === 'learning') {
    set({ prefill: progress });
    return;
  }
  const { loading } = get();
  if (!loading) return;
  const begins = loading.progress?.phase !== progress.phase;
  const timing = begins ? { since: performance.now(), from: progress.done } : {};
  set({ loading: { ...loading, ...timing, progress } });
}

function onDevice({ state, error }: Events['device']): void {
  if (state === 'recovered') {
    set({ engine: 'ready' });
    get().notice(en.states.recovered(get().step));
  } else if (state === 'failed') {
    set({
      engine: 'failed',
      engineError: error,
      ...(hasEngineRun() && get().phase !== 'none' ? { phase: 'paused' } : {}),
    });
    report(fromPlain(error ?? toPlain(new KvError('device-lost', en.states.lostForGood))));
  } else {
    set({ engine: state, ...(hasEngineRun() && get().phase === 'playing' ? { phase: 'paused' } : {}) });
  }
}
