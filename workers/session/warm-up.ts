import type { Engine } from '../../gpu/engine';
import { defaultConfig } from '../../gpu/kv/config';
import { Run } from '../../gpu/run';
import type { RunSpec } from '../../gpu/run-types';
import { greedy } from '../../gpu/run-types';
import type { Progress } from '../protocol';

/** The least run with everything that the page's first one has: one lane beside the shadow, measures, room for moves. */
const SPEC: RunSpec = {
  prompt: [0, 0],
  lanes: [defaultConfig()],
  mode: 'same-prefix',
  steps: 2,
  decode: greedy,
  stops: [],
  moves: [],
  live: true,
  heads: true,
};

/** Compiles the pipelines of a typical run and runs each once, so that the first step of a real run is like all others. */
export async function warmUp(engine: Engine, progress: (at: Progress) => void, signal?: AbortSignal): Promise<void> {
  engine.kernels.onProgress = (done, total) => progress({ phase: 'shaders', done, total });
  try {
    const run = await Run.create(engine, SPEC, { signal });
    try {
      for (let step = 0; step < SPEC.steps; step++) {
        progress({ phase: 'warmup', done: step, total: SPEC.steps });
        await run.advance();
      }
      progress({ phase: 'warmup', done: SPEC.steps, total: SPEC.steps });
    } finally {
      run.destroy();
    }
  } finally {
    engine.kernels.onProgress = () => {};
  }
}
