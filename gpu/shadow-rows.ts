import { KvError } from './errors';
import type { KvCache } from './kv/cache';
import { SidePlan } from './kv/side-plan';
import { f16ToNumber } from './load/f16';
import { readRange } from './read-range';

/** Keys (side 0, rotated) or values (side 1) of lane 0 in one layer, as its FP16 cache holds them: [tokens][KV heads][D]. */
export async function shadowRows(
  device: GPUDevice,
  cache: KvCache,
  layer: number,
  side: number,
): Promise<Float32Array> {
  const plan = cache.plans[0][side];
  if (!(plan instanceof SidePlan)) throw new KvError('internal', 'The shadow keeps its rows in one plan.');
  const buffer = cache.codes[side][layer];
  const words = await readRange(device, buffer, 0, buffer.size);
  const { kvHeads, headDim } = cache.model;
  const width = kvHeads * headDim;
  const out = new Float32Array(plan.length * width);
  for (let t = 0; t < plan.length; t++) {
    const { layers } = plan.arena.classes[plan.slots[t] >>> 28];
    const { codeBase, layout } = layers[layer];
    const at = (codeBase + (plan.slots[t] & 0xfffffff) * kvHeads * layout.codeWords) * 4;
    const row = layout.codeWords === headDim ? new Float32Array(words, at, width) : halves(words, at, width);
    out.set(row, t * width);
  }
  return out;
}

const halves = (words: ArrayBuffer, at: number, count: number): Float32Array =>
  Float32Array.from(new Uint16Array(words, at, count), f16ToNumber);
