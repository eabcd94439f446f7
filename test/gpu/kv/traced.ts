/**
 * SmolLM2 over text v3 in plain TypeScript, with caches that lose rows: the prompt once, kept under .cache, then decoded tokens per
 * lane, layer by layer, since what a layer drops depends on its own attention alone. Minutes of CPU; nothing quick imports it.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { roundF16 } from '../../../gpu/load/f16';
import { openGguf } from '../../../gpu/load/gguf';
import { pathSource } from '../../../gpu/load/node-source';
import type { ModelConfig } from '../../../gpu/model/config';
import { add, matmul, rmsNorm, softmax, swiglu } from '../../../gpu/reference/math';
import { frequencies, rope } from '../../../gpu/reference/rope';
import type { LayerWeights, Weights } from '../../../gpu/reference/weights';
import { readWeights } from '../../../gpu/reference/weights';
import { project, shared } from '../../setup/env';

export const MODEL = 'models/SmolLM2-135M-Instruct.Q4_1.gguf';
export const TEXTS = 'golden/texts.json';
const CACHE = '.cache/traced';
const HEAD_DIM = 64;

/** One layer's prompt: rotated and unrotated queries [P][H][D], keys and values [P][Hk][D] rounded to FP16. */
export interface LayerTrace {
  plain: Float32Array;
  q: Float32Array;
  k: Float32Array;
  v: Float32Array;
}

export interface Trace {
  config: ModelConfig;
  weights: Weights;
  frequency: Float64Array;
  tokens: number[];
  prompt: number;
  layers: LayerTrace[];
  /** Logits after the last prompt token. */
  first: Float32Array;
}

/** A cache that loses rows. Lists: one per KV head, one per query head, or one for all. */
export interface Lossy {
  /** Positions held after the prompt. */
  prompt(layer: number, trace: Trace): number[][];
  /** Positions held after token `t`, from those held with it and the probabilities over them, one row per query head. */
  step?(layer: number, t: number, held: number[][], rows: Float64Array[]): number[][];
  /** Distances count rows of the cache instead of tokens of the text. */
  cachePositions?: true;
}

export async function traceText(): Promise<Trace> {
  const source = await pathSource(shared(MODEL));
  const file = await openGguf(source);
  const weights = await readWeights(file);
  await source.close();
  const { config } = file;
  const tokens: number[] = JSON.parse(readFileSync(shared(TEXTS), 'utf8')).v3.ids;
  const prompt = Math.floor(tokens.length / 2);
  const trace: Trace = {
    config,
    weights,
    frequency: frequencies(config),
    tokens,
    prompt,
    layers: [],
    first: new Float32Array(),
  };
  const path = project(`${CACHE}/v3.bin`);
  const bytes = existsSync(path) ? readFileSync(path) : null;
  const all = bytes
    ? new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
    : feedPrompt(trace);
  if (!bytes) {
    mkdirSync(project(CACHE), { recursive: true });
    writeFileSync(path, all);
  }
  const [wide, narrow] = [prompt * config.heads * config.headDim, prompt * config.kvHeads * config.headDim];
  let at = 0;
  const take = (count: number) => {
    at += count;
    return all.subarray(at - count, at);
  };
  for (let layer = 0; layer < config.layers; layer++) {
    trace.layers.push({ plain: take(wide), q: take(wide), k: take(narrow), v: take(narrow) });
  }
  trace.first = take(config.vocab);
  return trace;
}

function feedPrompt(trace: Trace): Float32Array {
  const { weights, prompt } = trace;
  const x = embed(trace, 0, prompt);
  const parts: Float32Array[] = [];
  for (const layer of weights.layers) {
    const { plain, q, k, v } = projections(trace, layer, x, 0);
    parts.push(plain, q, k, v);
    const rows = causal(trace, q, k, v);
    finish(trace, layer, x, rows);
  }
  parts.push(logitsOf(trace, x.subarray(x.length - trace.config.hidden)));
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Logits [169][V] of a lane: after the prompt and after each decoded token. */
export function decode(trace: Trace, lane: Lossy): Float32Array[] {
  const { config, weights, tokens, prompt } = trace;
  const x = embed(trace, prompt, tokens.length - 1);
  weights.layers.forEach((layer, l) => {
    const { q, k, v } = projections(trace, layer, x, prompt);
    const keys = joined(trace.layers[l].k, k);
    const values = joined(trace.layers[l].v, v);
    finish(trace, layer, x, lossyAttention(trace, lane, l, q, keys, values));
  });
  const logits = logitsOf(trace, x);
  const rows = Array.from({ length: x.length / config.hidden }, (_, i) =>
    logits.subarray(i * config.vocab, (i + 1) * config.vocab),
  );
  return [trace.first, ...rows];
}

/** Probabilities [tokens + 1] of one query row of a prompt over all keys up to its own, per query head. */
export function promptRow({ config, layers }: Trace, layer: number, head: number, i: number): Float64Array {
  const { heads, kvHeads, headDim } = config;
  const kvHead = Math.floor((head * kvHeads) / heads);
  const { q, k } = layers[layer];
  const query = q.subarray((i * heads + head) * headDim, (i * heads + head + 1) * headDim);
  return softmax(Float64Array.from({ length: i + 1 }, (_, j) => score(query, k, (j * kvHeads + kvHead) * headDim)));
}

/** Column sums of the prompt's weighted query rows: per KV head or per query head. */
export function promptSums(
  trace: Trace,
  layer: number,
  weights: ArrayLike<number>,
  by: 'kv' | 'query',
): Float64Array[] {
  const { heads, kvHeads } = trace.config;
  const sums = Array.from({ length: by === 'kv' ? kvHeads : heads }, () => new Float64Array(trace.prompt));
  for (let i = 0; i < trace.prompt; i++) {
    if (weights[i] === 0) continue;
    for (let head = 0; head < heads; head++) {
      const into = sums[by === 'kv' ? Math.floor((head * kvHeads) / heads) : head];
      promptRow(trace, layer, head, i).forEach((p, j) => {
        into[j] += weights[i] * p;
      });
    }
  }
  return sums;
}

function lossyAttention(
  trace: Trace,
  lane: Lossy,
  l: number,
  q: Float32Array,
  keys: Float32Array,
  values: Float32Array,
) {
  const { heads, kvHeads, headDim } = trace.config;
  const out = new Float32Array(q.length);
  let held = lane.prompt(l, trace);
  for (let t = trace.prompt; t < trace.tokens.length - 1; t++) {
    held = held.map((rows) => [...rows, t]);
    const rows: Float64Array[] = [];
    for (let head = 0; head < heads; head++) {
      const kvHead = Math.floor((head * kvHeads) / heads);
      const seen = held[Math.floor((head * held.length) / heads)];
      const at = ((t - trace.prompt) * heads + head) * headDim;
      const query = q.subarray(at, at + headDim);
      const shifted = new Map<number, Float32Array>([[0, query]]);
      const scores = new Float64Array(seen.length);
      for (let row = 0; row < seen.length; row++) {
        const moved = lane.cachePositions ? t - seen[row] - (seen.length - 1 - row) : 0;
        if (!shifted.has(moved)) shifted.set(moved, turned(query, -moved, trace.frequency));
        scores[row] = score(shifted.get(moved)!, keys, (seen[row] * kvHeads + kvHead) * headDim);
      }
      const probabilities = softmax(scores);
      rows.push(probabilities);
      mix(out, at, probabilities, seen, { rows: values, stride: kvHeads * headDim, from: kvHead * headDim });
    }
    if (lane.step) held = lane.step(l, t, held, rows);
  }
  return out;
}

function causal(trace: Trace, q: Float32Array, k: Float32Array, v: Float32Array): Float32Array {
  const { heads, kvHeads, headDim } = trace.config;
  const out = new Float32Array(q.length);
  const view = { ...trace, layers: [{ plain: q, q, k, v }] };
  for (let i = 0; i < trace.prompt; i++) {
    for (let head = 0; head < heads; head++) {
      const kvHead = Math.floor((head * kvHeads) / heads);
      const row = promptRow(view, 0, head, i);
      mix(out, (i * heads + head) * headDim, row, null, { rows: v, stride: kvHeads * headDim, from: kvHead * headDim });
    }
  }
  return out;
}

/** Rows of one head of [tokens][Hk][D]: row `j` begins at j * stride + from. */
interface HeadRows {
  rows: Float32Array;
  stride: number;
  from: number;
}

function mix(
  out: Float32Array,
  at: number,
  weights: ArrayLike<number>,
  seen: ArrayLike<number> | null,
  value: HeadRows,
) {
  const { rows, stride, from } = value;
  const sum = new Float64Array(HEAD_DIM);
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row];
    const start = (seen ? seen[row] : row) * stride + from;
    for (let i = 0; i < HEAD_DIM; i++) sum[i] += weight * rows[start + i];
  }
  out.set(sum, at);
}

function score(query: Float32Array, keys: Float32Array, at: number): number {
  let sum = 0;
  for (let i = 0; i < query.length; i++) sum += query[i] * keys[at + i];
  return sum / Math.sqrt(query.length);
}

function turned(row: Float32Array, by: number, frequency: Float64Array): Float32Array {
  const copy = row.slice();
  rope(copy, row.length, by, frequency);
  return copy;
}

function projections({ config, frequency }: Trace, layer: LayerWeights, x: Float32Array, first: number) {
  const h = rmsNorm(x, layer.attnNorm, config.normEps);
  const plain = matmul(h, layer.q);
  const k = matmul(h, layer.k);
  const v = matmul(h, layer.v).map(roundF16);
  const q = plain.slice();
  rope(q, config.heads * config.headDim, first, frequency);
  rope(k, config.kvHeads * config.headDim, first, frequency);
  return { plain, q, k: k.map(roundF16), v };
}

function finish({ config }: Trace, layer: LayerWeights, x: Float32Array, mixed: Float32Array): void {
  add(x, matmul(mixed, layer.out));
  const h = rmsNorm(x, layer.ffnNorm, config.normEps);
  add(x, matmul(swiglu(matmul(h, layer.gate), matmul(h, layer.up)), layer.down));
}

const logitsOf = ({ config, weights }: Trace, x: Float32Array): Float32Array =>
  matmul(rmsNorm(x, weights.outputNorm, config.normEps), weights.head);

function embed({ weights, tokens }: Trace, from: number, to: number): Float32Array {
  const { cols, values } = weights.embedding;
  return joined(...tokens.slice(from, to).map((id) => values.subarray(id * cols, (id + 1) * cols)));
}

function joined(...parts: Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
