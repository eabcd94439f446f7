import { createRoot } from 'react-dom/client';
import { startEngine } from '../workers/client';
import { App } from './App';
import './theme.css';
import './base.css';
import './controls.css';
import './shell.css';
import './phone.css';
import { boot } from './engine';
import { loadModel, tokenize } from './engine-model';
import { watchHead, watchVisibility } from './engine-run';
import { watchRows } from './missing-row';
import { openSession, watchSession } from './session';
import { useStore } from './store';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);

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
  await boot(startEngine());
  const { engine, wanted, stored, model, loading } = useStore.getState();
  const kept = wanted && stored.find((candidate) => candidate.sha256.startsWith(wanted.sha12));
  if (engine === 'ready' && kept && !model && !loading) await loadModel({ kind: 'stored', id: kept.id });
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
    if (s.settings.text === before.settings.text && s.settings.chat === before.settings.chat) return;
    useStore.setState({ prompt: null, promptError: null });
    clearTimeout(timer);
    timer = setTimeout(() => void tokenize(), 200);
  });
}

void begin();
