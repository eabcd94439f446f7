import { useState } from 'react';
import { useLiveAt } from '../draw/live';
import { Panel } from '../draw/Panel';
import { runMode } from '../draw/runMode';
import { frames } from '../frames';
import { useStore } from '../store';
import { en } from '../text/en';
import { Segment } from '../ui/Segment';
import { KldTable } from './KldTable';
import type { Numbers } from './series';
import { numbersOf, sinceMove } from './series';
import './summary.css';

/** The figures that llama.cpp users know, over the steps so far. */
export function NumbersPanel() {
  useLiveAt(3);
  const state = useStore.getState();
  const text = en.numbers;
  const [scope, setScope] = useState<'since' | 'all'>('since');
  const move = sinceMove(state);
  const from = scope === 'since' ? move : 0;
  // Where the texts of free-running lanes part, what compares them ends.
  const numbers = runMode(state) === 'free-running' ? null : numbersOf(state, from);
  const side =
    move > 0 ? (
      <Segment
        label={text.title}
        value={scope}
        options={[
          ['since', text.since],
          ['all', text.all],
        ]}
        onChange={setScope}
      />
    ) : undefined;
  return (
    <Panel className="numbers" title={text.title} note={noteOf(numbers, from)} side={side}>
      <KldTable table={numbers?.table} />
    </Panel>
  );
}

function noteOf(numbers: Numbers | null, from: number): string {
  const text = en.numbers;
  if (!numbers) return frames.count > 0 ? text.parted : text.none;
  return from > 0 ? text.sinceMove(from, numbers.to) : text.range(from, numbers.to);
}
