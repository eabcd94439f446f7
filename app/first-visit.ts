import { BUNDLED, bundledRef } from './bundled';
import { takeCpu } from './cpu';
import { loadModel, tokenize } from './engine-model';
import { play } from './engine-run';
import { watchFirst } from './recording/shipped';
import type { Settings } from './settings';
import { defaultSettings } from './settings';
import { whyNotRun } from './setup/reason';
import { sceneOf, WELCOME } from './setup/scenes';
import { useStore } from './store';
import { ownState } from './store-recording';

/** A live run that is not there by now gives its place to a recording meanwhile. */
const PATIENCE_MS = 1200;

const get = useStore.getState;
let touched = false;

/** The first visit: Pocket runs live as soon as it can; where that takes a while, or cannot be, a recording plays. */
export async function firstVisit(booted: Promise<void>): Promise<void> {
  for (const sign of ['pointerdown', 'keydown'] as const)
    addEventListener(sign, () => (touched = true), { once: true, capture: true });
  const wait = new Promise<void>((over) => setTimeout(over, 'gpu' in navigator ? PATIENCE_MS : 0));
  const recording = Promise.race([wait, failed(booted)]).then(async () => {
    if (get().phase === 'none') await watchFirst();
    useStore.setState({ coming: false });
  });
  await booted;
  if (get().engine === 'ready' && isFree()) await runBundled();
  await recording;
}

/** Pocket on the reference engine, where there is no device. */
export async function runBundledOnCpu(): Promise<void> {
  await takeCpu();
  touched = false;
  if (get().engine === 'ready') await runBundled();
}

/** Loads Pocket and runs the welcome prompt; a recording that the visitor has laid hands on stays, and Pocket waits behind it. */
async function runBundled(): Promise<void> {
  const settings = welcome();
  const loaded = await loadModel(bundledRef(), () => touched && get().recording !== null);
  if (!loaded) return;
  const { recording, set } = get();
  if (recording) return set({ recording: { ...recording, own: { ...recording.own, settings } } });
  if (!isFree()) return;
  get().putSettings(settings);
  await tokenize();
  if (whyNotRun(get()) === null) await play();
}

/** Nothing of the visitor's own is in the way; a recording on screen is not. */
function isFree(): boolean {
  const { settings, link, edits, loading } = ownState(get());
  return settings.text === '' && link.kind === 'own' && edits === 0 && (!loading || loading.name === BUNDLED);
}

function welcome(): Settings {
  const scene = sceneOf(WELCOME);
  const { text = '', chat = false, steps = 96 } = scene ?? {};
  return { ...defaultSettings(), scene: WELCOME, text, chat, steps };
}

/** Settles early when there is no engine to wait for. */
async function failed(booted: Promise<void>): Promise<void> {
  await booted;
  if (get().engine === 'ready') await new Promise(() => {});
}
