import { Buffers } from './buffers';
import type { Engine } from './engine';
import { KvError } from './errors';
import { layoutOf } from './kv/arena';
import { KvCache } from './kv/cache';
import { SIDES } from './kv/cache-types';
import type { CacheConfig } from './kv/config';
import { shadowConfig, sideAt } from './kv/config';
import { codecOf } from './kv/registry';
import type { Tables } from './learn';
import { keyOf, skipOf, tableOf } from './learn';
import { findLearned, keepLearned } from './learned';
import { runningSha256 } from './load/sha256';
import { turnsTable } from './model/turns';
import type { PrefillIo } from './prefill';
import { prefill } from './prefill';
import type { PromptRows } from './prompt-rows';

interface Want {
  config: CacheConfig;
  s: number;
}

/**
 * Tables of all sides that learn from the calibration text `tokens`: those of this engine, those kept from before, and the rest by one
 * pass of the model over the text. Errors: bad-config where the text is missing, cancelled.
 */
export async function calibrate(
  engine: Engine,
  configs: readonly CacheConfig[],
  tokens: readonly number[] | undefined,
  options: Pick<PrefillIo, 'progress' | 'signal'> = {},
): Promise<Tables> {
  const wants = new Map<string, Want>();
  for (const config of configs)
    for (const [s, name] of SIDES.entries()) {
      const side = config[name];
      if (codecOf(side.codec).learn?.from(side) === 'calibration') wants.set(keyOf(config, s), { config, s });
    }
  const tables: Tables = new Map();
  if (wants.size === 0) return tables;
  if (!tokens || tokens.length < 64)
    throw new KvError('bad-config', 'This system learns tables from a calibration text, and there is none.');
  const setting = learnedOn(engine, tokens);
  const missing = new Map<string, Want & { lists: Uint32Array[] }>();
  for (const [key, want] of wants) {
    const found = await findLearned(engine, key, key + setting, (lists) => fits(engine, want, lists));
    if (found) tables.set(key, found);
    else missing.set(key, { ...want, lists: [] });
  }
  if (missing.size === 0) return tables;
  await overText(engine, tokens, options, async (cache, rows, layer) => {
    for (const { config, s, lists } of missing.values()) {
      const skip = Math.max(1, skipOf(config));
      lists.push(await tableOf(engine.gpu.device, cache, rows, { lane: 0, layer, s, config, skip }));
    }
  });
  for (const [key, { lists }] of missing) tables.set(key, await keepLearned(engine, key, key + setting, lists));
  return tables;
}

/** What tables depend on beside the settings of their side: the text, and the arithmetic of the device. */
function learnedOn({ gpu }: Engine, tokens: readonly number[]): string {
  const hash = runningSha256();
  hash.update(new Uint8Array(Uint32Array.from(tokens).buffer));
  return ` text ${hash.hex()} on ${gpu.adapter.name}, ${gpu.adapter.architecture}`;
}

/** As many words in every layer as the side's codec has there. */
function fits({ weights }: Engine, { config, s }: Want, lists: readonly Uint32Array[]): boolean {
  const { layers, headDim, kvHeads } = weights.config;
  const words = (layer: number) => {
    const side = sideAt(config, SIDES[s], layer, layers);
    return codecOf(side.codec).learn ? (layoutOf(side, headDim, kvHeads).headerWords ?? 0) : 0;
  };
  return lists.length === layers && lists.every((list, layer) => list.length === words(layer));
}

/** The shadow's pass over a text; `onLayer` gets each layer's rows, keys before RoPE among them. */
async function overText(
  engine: Engine,
  tokens: readonly number[],
  { progress, signal }: Pick<PrefillIo, 'progress' | 'signal'>,
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
      ...{ kernels: engine.kernels, weights: engine.weights, cache, turns, f32Rows: false, hidden, progress, signal },
      onLayer: (rows, layer) => onLayer(cache, rows, layer),
    });
  } finally {
    buffers.destroy();
  }
}
