import { useState } from 'react';
import { fixed, grouped, klText } from '../draw/figures';
import { useLiveAt } from '../draw/live';
import { Panel } from '../draw/Panel';
import { frames } from '../frames';
import { useStore } from '../store';
import { en } from '../text/en';
import { Segment } from '../ui/Segment';
import { KldTable } from './KldTable';
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
  const numbers = numbersOf(state, from);
  const t = numbers?.table;
  const note = !numbers ? text.none : from > 0 ? text.sinceMove(from, numbers.to) : text.range(from, numbers.to);
  const length = grouped((frames.last?.position ?? -1) + 1);
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
    <Panel className="numbers" title={text.title} note={note} side={side}>
      <dl className="numbers-main">
        <Figure name={text.sameTop} value={t && `${fixed(t.sameTop * 100, 1)} %`} />
        <Figure name={text.median} value={t && klText(t.klMedian)} />
        <Figure name={text.kl99} value={t && klText(t.kl99)} />
        <Figure
          name={text.first}
          value={numbers && (numbers.firstDivergence === null ? text.never : text.firstAt(numbers.firstDivergence))}
        />
      </dl>
      <KldTable table={t} />
      {numbers && state.model && (
        <dl className="tested">
          <dt>{text.tested}</dt>
          <dd>{text.testedText(state.model.name, length)}</dd>
          <dt>{text.notTested}</dt>
          <dd>{text.notTestedText(length)}</dd>
        </dl>
      )}
    </Panel>
  );
}

function Figure({ name, value }: { name: string; value: string | null | undefined }) {
  return (
    <div>
      <dd>{value ?? '–'}</dd>
      <dt>{name}</dt>
    </div>
  );
}
