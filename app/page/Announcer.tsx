import { useEffect, useState } from 'react';
import { fixed, klText } from '../draw/figures';
import { frames } from '../frames';
import type { Phase } from '../store';
import { useStore } from '../store';
import { numbersOf } from '../summary/series';
import { en } from '../text/en';

const GAP = 10_000;

/** One polite line for screen readers: starts, stops and the first divergence; otherwise at most every ten seconds. */
export function Announcer() {
  const [line, setLine] = useState('');
  useEffect(() => {
    let spoken = 0;
    let diverged = -1;
    let epoch = frames.epoch;
    const say = (text: string) => {
      spoken = Date.now();
      setLine(text);
    };
    const offPhase = useStore.subscribe((s, before) => {
      if (s.phase !== before.phase) {
        const text = boundary(s.phase);
        if (text !== '') say(text);
      }
    });
    const offFrames = frames.subscribe(() => {
      if (epoch !== frames.epoch) {
        epoch = frames.epoch;
        diverged = -1;
      }
      const lane = frames.lanes[useStore.getState().lane];
      const last = frames.count - 1;
      if (diverged < 0 && lane && last >= 0 && lane.sameTop[last] === 0) {
        diverged = last;
        if (Date.now() - spoken > GAP) say(en.page.spoken.diverged(last));
      } else if (useStore.getState().phase === 'playing' && Date.now() - spoken > GAP)
        say(en.page.spoken.progress(last));
    });
    return () => {
      offPhase();
      offFrames();
    };
  }, []);
  return (
    <p className="unseen announcer" role="status" aria-live="polite">
      {line}
    </p>
  );
}

function boundary(phase: Phase): string {
  const text = en.page.spoken;
  if (phase === 'playing') return useStore.getState().recording ? en.recording.spokenStart : text.started;
  if (phase === 'paused') return text.paused(useStore.getState().step);
  if (phase !== 'finished') return '';
  const table = numbersOf(useStore.getState(), 0)?.table;
  return table ? text.finished(`${fixed(table.sameTop * 100, 0)} %`, klText(table.klMedian)) : '';
}
