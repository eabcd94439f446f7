/**
 * The definition of correct: a whole Llama / Qwen2 / Qwen3 forward pass in plain TypeScript, with a quantized KV cache.
 * Every GPU kernel and `gpu/model/forward.ts` are held against it; where there is no WebGPU it runs the small bundled model.
 * It is obvious before it is fast: one thread, f32 storage, f64 sums in index order, weights widened to f32 (4 bytes each).
 * It refuses batching, speed tricks, moves during a run and codecs other than `uniform`, `f16`, `f32` with `hadamard`.
 * Tokens are fed in pieces of any size; the piece size never changes a bit of the result, except through `prefill: fp16`.
 */
import { KvError } from '../errors';
import { checkForModel } from '../kv/check';
import type { CacheConfig } from '../kv/config';
import type { ModelFile } from '../load/types';
import type { ModelConfig } from '../model/config';
import type { AttentionRows } from './attention';
import { attend } from './attention';
import { add, matmul, rmsNorm, swiglu } from './math';
import { frequencies, rope } from './rope';
import { SideCache } from './side-cache';
import type { LayerWeights, Weights } from './weights';
import { readWeights } from './weights';

export interface FeedOptions {
  /** These tokens are the prompt: with `prefill: fp16` their queries read every row exact. */
  prompt?: boolean;
  /** Keep attention probabilities. */
  attention?: boolean;
  /** First of the fed tokens whose logits are wanted (default 0: all). */
  from?: number;
  /** Keep `Forward.trace`. */
  trace?: boolean;
  /** Isolation: what every layer and the head start from instead of what came before, [L + 1][n, hidden]; a shadow's `trace.inputs`. */
  inputs?: readonly Float32Array[];
}

/** Rows of the fed tokens on their way. */
export interface Trace {
  /** Hidden state at the entry of every layer and of the head, [L + 1][n, hidden]. */
  inputs: Float32Array[];
  /** Values that the heads have mixed, [L][n, H * D]. */
  mixed: Float32Array[];
  /** Output of the attention block before it is added, [L][n, hidden]. */
  attended: Float32Array[];
}

export interface Forward {
  /** One row [V] per token from `from` on: what comes after it. */
  logits: Float32Array[];
  /** [L][H][token] -> probabilities over keys 0..position; empty unless asked for. */
  attention: AttentionRows[][];
  trace?: Trace;
}

export interface ForwardOptions extends Omit<FeedOptions, 'prompt' | 'trace' | 'inputs'> {
  config: CacheConfig;
  /** The first tokens are the prompt (default 0); the rest is teacher-forced, to the bit as if fed one by one. */
  promptTokens?: number;
}

export interface ReferenceRun {
  /** Tokens fed so far. */
  readonly length: number;
  /** Throws KvError('bad-prompt') naming a token id outside the vocabulary. */
  feed(tokens: ArrayLike<number>, options?: FeedOptions): Forward;
  /** Rotated keys or values of a layer as they were written, [tokens][Hk][D]. */
  rows(layer: number, side: 'k' | 'v'): Float32Array;
}

export interface Reference {
  config: ModelConfig;
  /** An empty cache. Throws KvError('bad-config') when the configuration does not fit the model. */
  start(cache: CacheConfig): ReferenceRun;
  /** A whole text in one call. */
  forward(tokens: ArrayLike<number>, options: ForwardOptions): Forward;
}

interface LayerCache {
  keys: SideCache[];
  values: SideCache[];
}

/** Reads all weights. Throws KvError('bad-file'). */
export async function createReference(file: ModelFile, signal?: AbortSignal): Promise<Reference> {
  return referenceOf(file.config, await readWeights(file, signal));
}

export function referenceOf(config: ModelConfig, weights: Weights): Reference {
  const start = (cache: CacheConfig) => startRun(config, weights, cache);
  const forward = (tokens: ArrayLike<number>, options: ForwardOptions): Forward => {
    const { promptTokens = 0, from = 0, attention } = options;
    const run = start(options.config);
    const all = Array.from(tokens);
    const pieces = [all.slice(0, promptTokens), all.slice(promptTokens)];
    const results = pieces
      .filter((piece) => piece.length > 0)
      .map((piece) => run.feed(piece, { prompt: run.length < promptTokens, attention, from: from - run.length }));
    return {
      logits: results.flatMap((result) => result.logits),
      attention:
        results[0]?.attention.map((heads, l) => heads.map((_, h) => results.flatMap((r) => r.attention[l][h]))) ?? [],
    };
  };
  return { config, start, forward };
}

function startRun(config: ModelConfig, weights: Weights, cache: CacheConfig): ReferenceRun {
  checkForModel(cache, config.headDim);
  const side = (name: 'k' | 'v', l: number) =>
    Array.from({ length: config.kvHeads }, () => new SideCache(cache, name, config.headDim, l, config.layers));
  const layers: LayerCache[] = weights.layers.map((_, l) => ({ keys: side('k', l), values: side('v', l) }));
  const frequency = frequencies(config);
  let length = 0;

  function feed(tokens: ArrayLike<number>, options: FeedOptions = {}): Forward {
    const first = length;
    const asWritten = options.prompt === true && cache.prefill === 'fp16';
    const x = embed(weights, tokens);
    const attention: AttentionRows[][] = [];
    const trace: Trace = { inputs: [], mixed: [], attended: [] };
    const enter = (l: number) => {
      if (options.inputs) x.set(options.inputs[l]);
      if (options.trace) trace.inputs.push(x.slice());
    };
    weights.layers.forEach((layer, l) => {
      enter(l);
      const rows: AttentionRows[] | null = options.attention ? Array.from({ length: config.heads }, () => []) : null;
      const { q, k, v } = project(config, layer, rmsNorm(x, layer.attnNorm, config.normEps));
      rope(q, config.heads * config.headDim, first, frequency);
      rope(k, config.kvHeads * config.headDim, first, frequency);
      append(layers[l].keys, k, config.headDim);
      append(layers[l].values, v, config.headDim);
      const { heads, headDim } = config;
      const mixed = attend({ q, ...layers[l], headDim, heads, first, asWritten }, rows);
      const attended = matmul(mixed, layer.out);
      if (options.trace) {
        trace.mixed.push(mixed);
        trace.attended.push(attended);
      }
      add(x, attended);
      const h = rmsNorm(x, layer.ffnNorm, config.normEps);
      add(x, matmul(swiglu(matmul(h, layer.gate), matmul(h, layer.up)), layer.down));
      if (rows) attention.push(rows);
    });
    enter(config.layers);
    length += tokens.length;
    const wanted = x.subarray(Math.max(0, options.from ?? 0) * config.hidden);
    const logits = matmul(rmsNorm(wanted, weights.outputNorm, config.normEps), weights.head);
    return { logits: split(logits, config.vocab), attention, ...(options.trace ? { trace } : {}) };
  }

  return {
    get length() {
      return length;
    },
    feed,
    rows: (layer, name) => interleaved(layers[layer][name === 'k' ? 'keys' : 'values'], config.headDim),
  };
}

/** Rows of all KV heads, one token after the other. */
function interleaved(heads: SideCache[], headDim: number): Float32Array {
  const rows = heads.map((head) => head.rows());
  const all = new Float32Array(rows[0].length * heads.length * headDim);
  for (const [h, own] of rows.entries())
    for (const [t, row] of own.entries()) all.set(row, (t * heads.length + h) * headDim);
  return all;
}

/** tokens [n] -> rows [n, hidden]. */
function embed({ embedding }: Weights, tokens: ArrayLike<number>): Float32Array {
  const { rows, cols, values } = embedding;
  const x = new Float32Array(tokens.length * cols);
  for (let i = 0; i < tokens.length; i++) {
    const id = tokens[i];
    if (!(Number.isInteger(id) && id >= 0 && id < rows)) {
      throw new KvError('bad-prompt', `Token id ${id} is not in the vocabulary of ${rows}.`);
    }
    x.set(values.subarray(id * cols, (id + 1) * cols), i * cols);
  }
  return x;
}

/** Normed rows [n, hidden] -> q [n, H * D], k and v [n, Hk * D], with bias (Qwen2) and per-head norm (Qwen3), not yet rotated. */
function project(config: ModelConfig, layer: LayerWeights, h: Float32Array) {
  const q = matmul(h, layer.q, layer.qBias);
  const k = matmul(h, layer.k, layer.kBias);
  const v = matmul(h, layer.v, layer.vBias);
  const norm = (rows: Float32Array, weight: Float32Array | null) =>
    weight ? rmsNorm(rows, weight, config.normEps) : rows;
  return { q: norm(q, layer.qNorm), k: norm(k, layer.kNorm), v };
}

/** rows [n, Hk * D] into the caches of their heads. */
function append(caches: SideCache[], rows: Float32Array, headDim: number): void {
  for (let at = 0; at < rows.length; at += headDim) {
    caches[(at / headDim) % caches.length].append(rows.subarray(at, at + headDim));
  }
}

const split = (rows: Float32Array, width: number): Float32Array[] =>
  Array.from({ length: rows.length / width }, (_, i) => rows.subarray(i * width, (i + 1) * width));
