import type { KvCache } from './kv/cache';
import { f16ToNumber } from './load/f16';
import type { Pass } from './model/pass';
import { readRange } from './read-range';
import { ropeFrequencies } from './rope-frequencies';

/** Where the prompt's rows of one layer are: fresh rows of `streams` streams of `prompt` tokens, and the queries of its pieces. */
export interface PromptRows {
  pass: Pass;
  prompt: number;
  streams: number;
  streamOf: readonly number[];
  /** Rotated and scaled queries of all pieces, [streams][prompt][H][D]; null when no eviction asks for them. */
  queries: GPUBuffer | null;
}

/** Side 0 keys, 1 values, 2 keys before RoPE of the prompt as the encoders get them, [prompt][KV heads][D]. */
export async function freshRows(
  device: GPUDevice,
  { model }: KvCache,
  { pass, prompt, streams, streamOf }: PromptRows,
  lane: number,
  side: number,
): Promise<Float32Array> {
  const row = model.kvHeads * model.headDim;
  const at = (side * streams + streamOf[lane]) * prompt;
  if (pass.f32Rows) return new Float32Array(await readRange(device, pass.io.fresh, at * row * 4, prompt * row * 4));
  const halves = new Uint16Array(await readRange(device, pass.io.fresh, at * row * 2, prompt * row * 2));
  return Float32Array.from(halves, f16ToNumber);
}

/** Queries of the prompt as they were before RoPE and without the 1/sqrt(D), [prompt][query heads][D]. */
export async function promptQueries(
  device: GPUDevice,
  { model }: KvCache,
  { queries, prompt, streamOf }: PromptRows,
  lane: number,
): Promise<Float32Array> {
  const { heads, headDim } = model;
  const size = prompt * heads * headDim * 4;
  const out = new Float32Array(await readRange(device, queries as GPUBuffer, streamOf[lane] * size, size));
  const frequency = ropeFrequencies(model);
  const half = headDim / 2;
  const scale = Math.sqrt(headDim);
  for (let row = 0; row < prompt * heads; row++) {
    const position = Math.floor(row / heads);
    for (let i = 0; i < half; i++) {
      const [cos, sin] = [Math.cos(position * frequency[i]), Math.sin(position * frequency[i])];
      const at = row * headDim + i;
      const [a, b] = [out[at] * scale, out[at + half] * scale];
      out[at] = a * cos + b * sin;
      out[at + half] = b * cos - a * sin;
    }
  }
  return out;
}
