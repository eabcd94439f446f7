import { Buffers } from './buffers';
import type { Engine } from './engine';
import { KvError } from './errors';
import { KvCache } from './kv/cache';
import type { LearningSide } from './kv/cache-types';
import { SIDES } from './kv/cache-types';
import type { CacheConfig, Side } from './kv/config';
import { isPreRope, shadowConfig } from './kv/config';
import { codecOf } from './kv/registry';
import { turnsTable } from './model/turns';
import { prefill } from './prefill';
import type { PromptRows } from './prompt-rows';
import { freshRows } from './prompt-rows';

/** Tables by side (see `keyOf`), one per layer. */
export type Tables = Map<string, Uint32Array[]>;

/** The side's tables are the same for all lanes that say the same and keep as many first tokens exact. */
const keyOf = (side: Side, s: number, skip: number): string => `${s} ${skip} ${JSON.stringify(side)}`;

/** One layer of the prompt is through: codecs that learn from it, or have learned from the calibration text, get their tables. */
export async function learnLayer(
  device: GPUDevice,
  cache: KvCache,
  rows: PromptRows,
  layer: number,
  calibrated: Tables,
): Promise<void> {
  for (const learning of cache.learning) {
    const { side, skip } = wanted(learning);
    const fromText = calibrated.get(keyOf(side, learning.s, skip));
    const words = fromText
      ? fromText[layer]
      : await tableOf(device, cache, rows, learning.lane, learning.s, side, skip);
    cache.writeHeader(learning, layer, words);
  }
}

const wanted = ({ plan, s }: LearningSide): { side: Side; skip: number } => {
  const { config } = plan;
  return { side: config[SIDES[s]], skip: config.keep.sinks };
};

async function tableOf(
  device: GPUDevice,
  cache: KvCache,
  rows: PromptRows,
  lane: number,
  s: number,
  side: Side,
  skip: number,
): Promise<Uint32Array> {
  const { kvHeads: heads, headDim } = cache.model;
  const values = await freshRows(device, cache, rows, lane, s === 0 && isPreRope(side) ? 2 : s);
  return (codecOf(side.codec).learn as NonNullable<LearningSide['learn']>).header(
    values,
    { heads, headDim, skip },
    side,
  );
}

/**
 * Tables of all sides that learn from the calibration text `tokens`: one pass of the model over it, kept with the engine for later
 * runs. Errors: bad-config where the text is missing.
 */
export async function calibrate(
  engine: Engine,
  configs: readonly CacheConfig[],
  tokens: readonly number[] | undefined,
): Promise<Tables> {
  const wants = new Map<string, { side: Side; s: number; skip: number }>();
  for (const config of configs)
    for (const [s, name] of SIDES.entries()) {
      const side = config[name];
      const skip = config.keep.sinks;
      if (codecOf(side.codec).learn?.from(side) === 'calibration') wants.set(keyOf(side, s, skip), { side, s, skip });
    }
  const missing = [...wants].filter(([key]) => !engine.learned.has(key));
  if (missing.length === 0) return engine.learned;
  if (!tokens || tokens.length < 64)
    throw new KvError('bad-config', 'This system learns tables from a calibration text, and there is none.');
  for (const [key] of missing) engine.learned.set(key, []);
  try {
    await overText(engine, tokens, async (cache, rows, layer) => {
      for (const [key, { side, s, skip }] of missing) {
        const made = await tableOf(engine.gpu.device, cache, rows, 0, s, side, Math.max(1, skip));
        (engine.learned.get(key) as Uint32Array[])[layer] = made;
      }
    });
  } catch (error) {
    for (const [key] of missing) engine.learned.delete(key);
    throw error;
  }
  return engine.learned;
}

/** The shadow's pass over a text; `onLayer` gets each layer's rows, keys before RoPE among them. */
async function overText(
  engine: Engine,
  tokens: readonly number[],
  onLayer: (cache: KvCache, rows: PromptRows, layer: number) => Promise<void>,
): Promise<void> {
  const { config: model } = engine.weights;
  const buffers = new Buffers(engine.gpu.device);
  try {
    const shadow = shadowConfig();
    const unrotated = { ...shadow, k: { ...shadow.k, domain: 'preRope' as const } };
    const cap = tokens.length;
    const cache = new KvCache(buffers, model, [shadow, unrotated], { cap, prompt: cap, live: false, seed: 0 });
    const turns = turnsTable(buffers, model, cap);
    const hidden = buffers.storage('hidden', 2 * model.hidden, 'scratch');
    await prefill([...tokens], {
      ...{ kernels: engine.kernels, weights: engine.weights, cache, turns, f32Rows: false, hidden },
      onLayer: (rows, layer) => onLayer(cache, rows, layer),
    });
  } finally {
    buffers.destroy();
  }
}
