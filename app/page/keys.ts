import { useEffect } from 'react';
import { pause, play, stepBack, stepOn } from '../engine-run';
import { nudge, swapWidths } from '../precision/nudge';
import { whyNotRun } from '../setup/reason';
import { useStore } from '../store';
import { en } from '../text/en';
import { copyText, linkAddress } from './ShareDialog';

const get = useStore.getState;

async function copyLink(): Promise<void> {
  if (await copyText(linkAddress())) get().notice(en.share.copied);
  else get().set({ dialog: 'share' });
}

const ACTIONS: Record<string, () => void> = {
  ' ': () => {
    if (get().phase === 'playing') void pause();
    else if (whyNotRun(get()) === null && get().phase !== 'preparing') void play();
  },
  '.': () => whyNotRun(get()) === null && void stepOn(),
  ',': stepBack,
  Home: () => get().setCursor(0),
  End: () => get().setCursor('live'),
  k: () => nudge('k', false),
  K: () => nudge('k', true),
  v: () => nudge('v', false),
  V: () => nudge('v', true),
  b: () => get().set({ lock: !get().lock }),
  x: swapWidths,
  c: () => get().set({ view: get().view === 'compare' ? 'run' : 'compare' }),
  l: () => get().set({ view: get().view === 'lab' ? 'run' : 'lab' }),
  d: () => void import('../verdict/toNextHit').then(({ toNextHit }) => toNextHit()),
  s: () => void copyLink(),
  '/': () => document.getElementById('prompt')?.focus(),
  '?': () => get().set({ dialog: 'help' }),
};

const TAKEN = 'input, textarea, select, button, a, canvas, [role="dialog"], [role="slider"], [contenteditable]';

/** Single keys act only when nothing that uses keys has the focus, and can be switched off. */
export function useKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || get().dialog !== null) return;
      if (!get().keys && event.key !== '?') return;
      if (event.target instanceof Element && event.target.closest(TAKEN)) return;
      const action = ACTIONS[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
