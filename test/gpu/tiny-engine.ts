import type { Gpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import { openEngine } from '../../gpu/engine';
import { parseLane } from '../../gpu/kv/lane';
import { openGguf } from '../../gpu/load/gguf';
import { bytesSource } from '../../gpu/load/source';
import type { Reference } from '../../gpu/reference/model';
import { createReference } from '../../gpu/reference/model';
import { Run } from '../../gpu/run';
import type { Frame, RunSpec } from '../../gpu/run-types';
import { greedy } from '../../gpu/run-types';
import type { TinyOptions } from '../fixtures/tiny-gguf';
import { tinyGguf } from '../fixtures/tiny-gguf';

/** A random model on the device and its reference, from the same bytes. */
export async function tinyEngine(
  gpu: Gpu,
  options: TinyOptions = {},
): Promise<{ engine: Engine; reference: Reference }> {
  const file = await openGguf(bytesSource(tinyGguf({ types: 'F16', ...options })));
  return { engine: await openEngine(gpu, file), reference: await createReference(file) };
}

/** Token ids below `vocab` without a short period. */
export const someTokens = (count: number, vocab = 200, seed = 7): number[] =>
  Array.from({ length: count }, (_, i) => (i * i * 13 + i * 31 + seed) % vocab);

export const spec = (lanes: string[], options: Partial<RunSpec> = {}): RunSpec => ({
  prompt: someTokens(20),
  lanes: lanes.map(parseLane),
  mode: 'same-prefix',
  steps: 8,
  decode: greedy,
  stops: [],
  moves: [],
  live: false,
  heads: true,
  ...options,
});

export interface Outcome {
  frames: Frame[];
  /** [step][lane] -> logits [V]. */
  logits: Float32Array[][];
}

/** Runs a spec to its end; `before` may move sliders ahead of a step. */
export async function play(
  engine: Engine,
  what: RunSpec,
  before: (run: Run, step: number) => void = () => {},
): Promise<Outcome> {
  const run = await Run.create(engine, what);
  const out: Outcome = { frames: [], logits: [] };
  const { vocab } = engine.weights.config;
  try {
    while (!run.done) {
      before(run, run.nextStep);
      out.frames.push(await run.advance());
      const all = await run.logits();
      out.logits.push(run.configs.map((_, lane) => all.slice(lane * vocab, (lane + 1) * vocab)));
    }
    return out;
  } finally {
    run.destroy();
  }
}

/** Largest difference of two rows; infinite when one is not a number. */
export const worstOf = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  a.length === b.length
    ? Math.max(...Array.from(a, (x, i) => (Number.isFinite(x - b[i]) ? Math.abs(x - b[i]) : Infinity)))
    : Infinity;
