import { createRoot } from 'react-dom/client';
import { startEngine } from '../workers/client';
import { App } from './App';
import './theme.css';
import './base.css';
import './controls.css';
import './shell.css';
import './phone.css';
import { bundledRef, isBundled } from './bundled';
import { boot } from './engine';
import { loadModel, tokenize } from './engine-model';
import { watchHead, watchVisibility } from './engine-run';
import { firstVisit } from './first-visit';
import { watchRows } from './missing-row';
import { keepForOffline } from './offline/register';
import { takeOver } from './recording/open';
import { shippedOf, watchFirst, watchShipped } from './recording/shipped';
import { openSession, watchSession } from './session';
import { useStore } from './store';
import { ownState } from './store-recording';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);

keepForOffline();

/** The page stands first; then the session, then the engine, then a model that this browser already keeps. */
async function begin(): Promise<void> {
  watchTheme();
  await openSession();
  if (useStore.getState().link.kind === 'broken') return;
  watchSession();
  watchPrompt();
  watchVisibility();
  watchHead();
  watchRows();
  watchForks();
  const asked = shippedOf(new URLSearchParams(location.search).get('play'));
  const booted = boot(startEngine());
  if (asked && hasNothing()) {
    await watchShipped(asked);
    return useStore.setState({ coming: false });
  }
  if (hasNothing()) return firstVisit(booted);
  useStore.setState({ coming: false });
  await booted;
  const { engine, wanted, stored, model, loading } = ownState(useStore.getState());
  if (engine !== 'ready' || model || loading) return;
  const kept = wanted && stored.find((candidate) => candidate.sha256.startsWith(wanted.sha12));
  if (kept) await loadModel({ kind: 'stored', id: kept.id });
  else if (wanted && isBundled(wanted.ref)) await loadModel(bundledRef());
  else if (wanted && hasNoText()) await watchFirst();
}

/** Nothing of the visitor's own, nor of a link, to show first. */
function hasNothing(): boolean {
  return hasNoText() && useStore.getState().wanted === null;
}

function hasNoText(): boolean {
  const { link, settings } = useStore.getState();
  return link.kind === 'own' && settings.text === '';
}

/** The first edit of a recording's settings ends it: what was changed is the start of the visitor's own run. */
function watchForks(): void {
  useStore.subscribe((s, before) => {
    if (s.recording && before.recording === s.recording && s.edits !== before.edits) takeOver();
  });
}

function watchTheme(): void {
  const apply = () => {
    const { theme } = useStore.getState();
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  apply();
  useStore.subscribe((s, before) => s.theme !== before.theme && apply());
}

/** Counts tokens again a moment after the prompt was changed. */
function watchPrompt(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  useStore.subscribe((s, before) => {
    const isSame = s.settings.text === before.settings.text && s.settings.chat === before.settings.chat;
    if (s.recording || (isSame && !before.recording)) return;
    useStore.setState({ prompt: null, promptError: null });
    clearTimeout(timer);
    timer = setTimeout(() => void tokenize(), 200);
  });
}

void begin();
