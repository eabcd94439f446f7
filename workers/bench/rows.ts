import type { Engine } from '../../gpu/engine';
import type { CacheConfig } from '../../gpu/kv/config';
import { defaultConfig } from '../../gpu/kv/config';
import type { Split } from '../../gpu/model/profile';
import { Profile } from '../../gpu/model/profile';
import { Run } from '../../gpu/run';
import type { RunSpec } from '../../gpu/run-types';
import { greedy } from '../../gpu/run-types';
import { cpuMs } from '../node-cpu';

const STEPS = 12;
/** For systems that learn tables; what the tokens are does not matter to the time of a step. */
const CALIBRATION_TOKENS = 128;

/** Any tokens do for timing; a fixed stride visits the whole vocabulary. */
const promptOf = (tokens: number, vocab: number) => Array.from({ length: tokens }, (_, i) => (i * 7919 + 1) % vocab);

export interface PrefillRow {
  tokens: number;
  ms: number;
  cpuMs: number;
  tokensPerS: number;
}

/** Prefill of the shadow alone; the first run, which compiles, is not counted. */
export async function prefillRow(engine: Engine, tokens: number, repeat: number): Promise<PrefillRow> {
  const spec = specOf(promptOf(tokens, engine.weights.config.vocab), 1, 1, 16, 16);
  const row = { tokens, ms: Number.POSITIVE_INFINITY, cpuMs: Number.POSITIVE_INFINITY, tokensPerS: 0 };
  for (let i = 0; i <= repeat; i++) {
    const [wall, cpu] = [performance.now(), cpuMs()];
    const run = await Run.create(engine, spec);
    run.destroy();
    if (i === 0) continue;
    row.ms = Math.min(row.ms, performance.now() - wall);
    row.cpuMs = Math.min(row.cpuMs, cpuMs() - cpu);
  }
  return { ...row, tokensPerS: (tokens * 1000) / row.ms };
}

export interface DecodeRow {
  lanes: number;
  k: number;
  v: number;
  tokens: number;
  ms: number;
  cpuMs: number;
  tokensPerS: number;
  readbackMs: number;
  gpuBytes: number;
  /** GPU milliseconds of one profiled step by kind; null without timestamps. */
  split: Split | null;
}

interface DecodeSetting {
  repeat: number;
  k: number;
  v: number;
  /** Tokens of the prompt. */
  prompt: number;
  /** Configuration of the lanes beside the shadow; left out = uniform at k and v bits. */
  config?: CacheConfig;
}

/** Steps beside the timed ones: warming up, profiling. */
const EXTRA_STEPS = 8;

const decodeSteps = (at: DecodeSetting): number => STEPS * at.repeat + EXTRA_STEPS;

/** Longest the sequence of a decode row gets. */
export const decodeTokens = (at: DecodeSetting): number => at.prompt + decodeSteps(at);

/** Decode with the shadow and lanes - 1 lanes at the given bits. */
export async function decodeRow(engine: Engine, lanes: number, at: DecodeSetting): Promise<DecodeRow> {
  const prompt = promptOf(at.prompt, engine.weights.config.vocab);
  const run = await Run.create(engine, specOf(prompt, decodeSteps(at), lanes, at.k, at.v, at.config));
  let ms = Number.POSITIVE_INFINITY;
  let cpu = Number.POSITIVE_INFINITY;
  let readbackMs = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) await run.advance();
  for (let r = 0; r < at.repeat; r++) {
    const before = cpuMs();
    for (let i = 0; i < STEPS; i++) {
      const wall = performance.now();
      await run.advance();
      ms = Math.min(ms, performance.now() - wall);
    }
    cpu = Math.min(cpu, (cpuMs() - before) / STEPS);
    readbackMs = Math.min(readbackMs, await run.readbackMs());
  }
  let split: Split | null = null;
  if (engine.gpu.timestamps) {
    for (let i = 0; i < 3; i++) {
      const profile = new Profile(engine.gpu);
      await run.advance(profile);
      const now = await profile.read();
      split = split && sum(split) < sum(now) ? split : now;
    }
  }
  const { gpuBytes } = run;
  run.destroy();
  const { k, v } = at;
  return { lanes, k, v, tokens: at.prompt, ms, cpuMs: cpu, tokensPerS: 1000 / ms, readbackMs, gpuBytes, split };
}

/**
 * Steps of several runs in turn, so that whatever else the machine does meets all of them: least wall and CPU time of a step of each,
 * shadow + one lane.
 */
export async function inTurn(
  engine: Engine,
  configs: readonly CacheConfig[],
  prompt: number,
  repeat: number,
): Promise<{ ms: number; cpuMs: number }[]> {
  const steps = STEPS * repeat;
  const tokens = promptOf(prompt, engine.weights.config.vocab);
  const runs: Run[] = [];
  try {
    for (const config of configs) runs.push(await Run.create(engine, specOf(tokens, steps + 4, 2, 16, 16, config)));
    for (const run of runs) for (let i = 0; i < 3; i++) await run.advance();
    const least = runs.map(() => ({ ms: Number.POSITIVE_INFINITY, cpuMs: Number.POSITIVE_INFINITY }));
    for (let i = 0; i < steps; i++)
      for (const [r, run] of runs.entries()) {
        const [wall, cpu] = [performance.now(), cpuMs()];
        await run.advance();
        least[r].ms = Math.min(least[r].ms, performance.now() - wall);
        least[r].cpuMs = Math.min(least[r].cpuMs, cpuMs() - cpu);
      }
    return least;
  } finally {
    for (const run of runs) run.destroy();
  }
}

const sum = (split: Split) => split.matmul + split.attention + split.measure + split.other;

function specOf(
  prompt: number[],
  steps: number,
  lanes: number,
  k: number,
  v: number,
  config: CacheConfig = { ...defaultConfig(k, v), prefill: 'fp16' },
): RunSpec {
  return {
    prompt,
    lanes: new Array<CacheConfig>(lanes - 1).fill(config),
    mode: 'same-prefix',
    steps,
    decode: greedy,
    stops: [],
    moves: [],
    live: false,
    heads: true,
    calibration: promptOf(CALIBRATION_TOKENS, CALIBRATION_TOKENS),
  };
}
