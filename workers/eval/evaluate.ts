import type { Engine } from '../../gpu/engine';
import { LocalErrors } from '../../gpu/measure/local-errors';
import { Run } from '../../gpu/run';
import { Paths } from '../../gpu/run-paths';
import type { Frame, RunSpec } from '../../gpu/run-types';
import { light } from '../../gpu/run-types';
import { framesOf } from '../frames-of';
import { cpuMs } from '../node-cpu';
import { HeadMeans } from './head-means';

export interface Evaluation {
  run: Run;
  frames: Frame[];
  heads: HeadMeans | null;
  /** Isolated runs only. */
  local: LocalErrors | null;
  prefillMs: number;
  /** Wall and CPU milliseconds of each decode step. */
  stepMs: number[];
  cpu: { prefill: number; decode: number };
}

/** Called after each step; returning a promise makes the run wait. `logits` reads all rows of the step. */
export type OnStep = (frame: Frame, run: Run) => void | Promise<void>;

/** Runs a spec to its end, a stop token, or the cap. Steps are pipelined unless `waits` (each step's logits are wanted). */
export async function evaluate(engine: Engine, spec: RunSpec, waits: boolean, onStep: OnStep): Promise<Evaluation> {
  const [started, cpu0] = [performance.now(), cpuMs()];
  const run = await Run.create(engine, spec);
  const [ready, cpu1] = [performance.now(), cpuMs()];
  const frames: Frame[] = [];
  const { layers, heads: H } = engine.weights.config;
  const heads = spec.heads ? new HeadMeans(layers, H) : null;
  const local = spec.isolate ? new LocalErrors(layers, H) : null;
  const paths = new Paths(spec);
  const stepMs: number[] = [];
  const depth = waits ? 1 : run.depth;
  let before = performance.now();
  for await (const frame of framesOf(run, () => depth)) {
    const now = performance.now();
    if (frame.step > 0) stepMs.push(now - before);
    before = now;
    const stopped = paths.take(frame);
    heads?.take(frame);
    local?.take(frame);
    frames.push(light(frame));
    await onStep(frame, run);
    if (stopped) break;
  }
  return {
    run,
    frames,
    heads,
    local,
    prefillMs: ready - started,
    stepMs,
    cpu: { prefill: cpu1 - cpu0, decode: cpuMs() - cpu1 },
  };
}
