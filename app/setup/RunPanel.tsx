import { useState } from 'react';
import { fixed } from '../draw/figures';
import { Panel } from '../draw/Panel';
import { rewind } from '../engine-run';
import { lastStep } from '../planned-steps';
import { useStore } from '../store';
import { en } from '../text/en';
import { NumberBox } from '../ui/NumberBox';
import { useCursorStep } from '../use-frames';
import { PromptBox, SceneMenu } from './PromptBox';
import { RunOptions } from './RunOptions';
import { whyNotRun } from './reason';
import { Scrub } from './Scrub';
import { sceneOf } from './scenes';
import './setup.css';
import { RunButton, StartButton, StepButton } from './Transport';

/** Prompt, transport, seed. */
export function RunPanel({ transport = true }: { transport?: boolean }) {
  const text = en.run;
  const temperature = useStore((s) => s.settings.decode.temperature);
  const scene = useStore((s) => s.settings.scene);
  const [open, setOpen] = useState(false);
  const advice = scene ? sceneOf(scene)?.bits : undefined;
  const rule = temperature > 0 ? text.sampled(fixed(temperature, 2)) : text.greedy;
  return (
    <Panel
      className="run-panel"
      title={text.title}
      note={<SceneMenu />}
      side={advice ? text.advice(advice.k, advice.v) : rule}
    >
      <PromptBox />
      {transport && (
        <>
          <div className="transport">
            <StartButton />
            <RunButton />
            <StepButton />
            <span className="gap" />
            <StepCount />
          </div>
          <Scrub />
        </>
      )}
      <RunState />
      <Seed />
      <div className="opt">
        <MoveLog />
        <button type="button" className="word" aria-expanded={open} onClick={() => setOpen(!open)}>
          {text.options}
        </button>
      </div>
      {open && <RunOptions />}
    </Panel>
  );
}

export function StepCount() {
  const step = Math.max(0, useCursorStep());
  const steps = useStore(lastStep);
  return (
    <span className="lab m nowrap">
      {en.run.stepOf} <b className="step-now">{step}</b> / {steps}
    </span>
  );
}

/** Why Run is off, how far the prompt is read, or how the run ended. */
export function RunState() {
  const why = useStore(whyNotRun);
  const phase = useStore((s) => s.phase);
  const prefill = useStore((s) => s.prefill);
  const reason = useStore((s) => s.reason);
  const text = en.run;
  let line = '';
  if (phase === 'preparing')
    line = prefill
      ? text[prefill.phase === 'learning' ? 'learning' : 'prefill'](prefill.done, prefill.total)
      : text.preparing;
  else if (why && phase !== 'playing') line = why;
  else if (phase === 'finished' && reason) line = text.finished[reason];
  if (line === '') return null;
  return (
    <p className="run-state" role="status">
      {line}
    </p>
  );
}

function Seed() {
  const decode = useStore((s) => s.settings.decode);
  const edit = useStore((s) => s.edit);
  const hasRun = useStore((s) => s.runInfo !== null && s.step > 0);
  const text = en.run;
  const isGreedy = decode.temperature === 0;
  const fresh = () => edit({ decode: { ...decode, seed: crypto.getRandomValues(new Uint32Array(1))[0] } });
  return (
    <div className="opt">
      <span className="row">
        {text.seed}
        <NumberBox
          className="seed"
          label={text.seed}
          value={decode.seed}
          min={0}
          max={0xffffffff}
          onCommit={(seed) => edit({ decode: { ...decode, seed } })}
        />
      </span>
      <span className="row">
        <button type="button" className="word" disabled={!hasRun} onClick={() => void rewind()}>
          {text.rewind}
        </button>
        <button
          type="button"
          className="word"
          disabled={isGreedy}
          title={isGreedy ? text.seedUnused : undefined}
          onClick={fresh}
        >
          {text.newSeed}
        </button>
      </span>
    </div>
  );
}

function MoveLog() {
  const count = useStore((s) => s.settings.moves.length);
  const fold = useStore((s) => s.foldMoves);
  if (count === 0) return <span />;
  return (
    <button type="button" className="word" title={en.run.clearMoves} onClick={fold}>
      {en.run.moves(count)}
    </button>
  );
}
