import { Buffers } from './buffers';
import type { Engine } from './engine';
import { KvError } from './errors';
import { KvCache } from './kv/cache';
import { SIDES } from './kv/cache-types';
import type { CacheConfig } from './kv/config';
import { isPreRope, shadowConfig, sideAt } from './kv/config';
import { codecOf } from './kv/registry';
import { turnsTable } from './model/turns';
import { prefill } from './prefill';
import type { PromptRows } from './prompt-rows';
import { freshRows } from './prompt-rows';

/** Tables by side (see `keyOf`), one per layer. */
export type Tables = Map<string, Uint32Array[]>;

/** Lanes that say the same of a side and keep as many first tokens exact share its tables. */
const keyOf = (config: CacheConfig, s: number): string =>
  `${s} ${config.keep.sinks} ${JSON.stringify([config[SIDES[s]], config.layers])}`;

/**
 * The rows of one layer of the prompt are there: codecs that learn from them, or have learned from the calibration text, get their
 * tables; with `early` those whose prompt queries see coded rows, else the others.
 */
export async function learnLayer(
  device: GPUDevice,
  cache: KvCache,
  rows: PromptRows,
  layer: number,
  calibrated: Tables,
  early: boolean,
): Promise<void> {
  for (const learning of cache.learning) {
    const { lane, s, plan } = learning;
    if ((plan.config.prefill === 'quant') !== early) continue;
    const fromText = calibrated.get(keyOf(plan.config, s));
    const words = fromText
      ? fromText[layer]
      : await tableOf(device, cache, rows, { lane, layer, s, config: plan.config, skip: skipOf(plan.config) });
    cache.writeHeader(learning, layer, words);
  }
}

/** First tokens that never are coded, and so teach nothing. */
const skipOf = ({ keep }: CacheConfig): number => (keep.sinkRule === 'first' ? keep.sinks : 0);

interface Wanted {
  lane: number;
  layer: number;
  s: number;
  config: CacheConfig;
  skip: number;
}

/** The tables of one layer; empty where the layer's side learns none. */
async function tableOf(
  device: GPUDevice,
  cache: KvCache,
  rows: PromptRows,
  { lane, layer, s, config, skip }: Wanted,
): Promise<Uint32Array> {
  const { kvHeads: heads, headDim, layers } = cache.model;
  const side = sideAt(config, SIDES[s], layer, layers);
  const { learn } = codecOf(side.codec);
  if (!learn) return new Uint32Array(0);
  const values = await freshRows(device, cache, rows, lane, s === 0 && isPreRope(side) ? 2 : s);
  return learn.header(values, { heads, headDim, skip }, side);
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
  const wants = new Map<string, { config: CacheConfig; s: number }>();
  for (const config of configs)
    for (const [s, name] of SIDES.entries()) {
      const side = config[name];
      if (codecOf(side.codec).learn?.from(side) === 'calibration') wants.set(keyOf(config, s), { config, s });
    }
  const missing = [...wants].filter(([key]) => !engine.learned.has(key));
  if (missing.length === 0) return engine.learned;
  if (!tokens || tokens.length < 64)
    throw new KvError('bad-config', 'This system learns tables from a calibration text, and there is none.');
  for (const [key] of missing) engine.learned.set(key, []);
  try {
    await overText(engine, tokens, async (cache, rows, layer) => {
      for (const [key, { config, s }] of missing) {
        const skip = Math.max(1, skipOf(config));
        const made = await tableOf(engine.gpu.device, cache, rows, { lane: 0, layer, s, config, skip });
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
