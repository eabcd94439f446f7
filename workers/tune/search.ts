import type { Engine } from '../../gpu/engine';
import type { Pair } from '../../gpu/kv/allocate/pairs';
import { choosePairs, LADDER, pairRanges } from '../../gpu/kv/allocate/pairs';
import type { CacheConfig } from '../../gpu/kv/config';
import { presetOf } from '../../gpu/kv/lane';
import { systemOf } from '../../gpu/kv/registry';
import type { RunSpec } from '../../gpu/run-types';
import { greedy } from '../../gpu/run-types';
import { evaluate } from '../eval/evaluate';

const LANES = 7;

export interface Tuned {
  /** For a lane string: `pairs=...`. */
  pairs: { from: number; to: number; k: number; v: number }[];
  meanBits: number;
  meanKl: number;
  /** The flat pair of the ladder with the most bits that the budget allows. */
  flat: { pair: Pair; meanKl: number };
  /** [layer][rung]: mean KL with that layer alone at that rung. */
  divergence: number[][];
}

export interface TuneOptions {
  prompt: number[];
  forced: number[];
  budget: number;
  scheme: 'perToken' | 'kivi';
  progress: (done: number, total: number) => void;
}

/** Measures every layer at every rung of the ladder, chooses, and measures the choice beside the flat pair of the same size. */
export async function tune(engine: Engine, options: TuneOptions): Promise<Tuned> {
  const { layers } = engine.weights.config;
  const top = LADDER[0];
  const all = (pair: Pair): Pair[] => new Array<Pair>(layers).fill(pair);
  const trials = Array.from({ length: layers }, (_, layer) =>
    LADDER.slice(1).map((pair) => all(top).map((other, l) => (l === layer ? pair : other))),
  ).flat();
  const kl = await measure(engine, options, [all(top), ...trials]);
  const rungs = LADDER.length - 1;
  const divergence = Array.from({ length: layers }, (_, layer) => [
    kl[0],
    ...kl.slice(1 + layer * rungs, 1 + (layer + 1) * rungs),
  ]);
  const chosen = choosePairs(divergence, options.budget).map((rung) => LADDER[rung]);
  const bits = ([k, v]: Pair) => (k + v) / 2;
  const flat = LADDER.find((pair) => bits(pair) <= options.budget) ?? LADDER[rungs];
  const [meanKl, flatKl] = await measure(engine, options, [chosen, all(flat)]);
  const meanBits = chosen.reduce((sum, pair) => sum + bits(pair), 0) / layers;
  return { pairs: pairRanges(chosen), meanBits, meanKl, flat: { pair: flat, meanKl: flatKl }, divergence };
}

/** Mean KL of each choice of pairs, seven lanes a run. */
async function measure(engine: Engine, options: TuneOptions, choices: readonly Pair[][]): Promise<number[]> {
  const out: number[] = [];
  for (let at = 0; at < choices.length; at += LANES) {
    const lanes = choices.slice(at, at + LANES).map((pairs) => configOf(pairs, options.scheme));
    const spec: RunSpec = {
      ...{ prompt: options.prompt, forced: options.forced, lanes, mode: 'same-prefix', steps: options.forced.length },
      ...{ decode: greedy, stops: [], moves: [], live: false, heads: false },
    };
    const { frames, run } = await evaluate(engine, spec, false, async () => {});
    run.destroy();
    for (const [i] of lanes.entries())
      out.push(frames.reduce((sum, { lanes: rows }) => sum + rows[i + 1].kl, 0) / frames.length);
    options.progress(out.length, choices.length);
  }
  return out;
}

function configOf(pairs: readonly Pair[], scheme: TuneOptions['scheme']): CacheConfig {
  const config = presetOf(systemOf('kvtuner'), { scheme, k: 8, v: 8 });
  return { ...config, layers: { ...config.layers, pairs: pairRanges(pairs) } };
}
