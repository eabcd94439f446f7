import type { KvCache } from './kv/cache';
import { SIDES } from './kv/cache-types';
import type { CacheConfig } from './kv/config';
import { isPreRope, sideAt } from './kv/config';
import { codecOf } from './kv/registry';
import type { Learned } from './learned';
import type { PromptRows } from './prompt-rows';
import { freshRows } from './prompt-rows';

/** Tables by side (see `keyOf`), one list per layer. */
export type Tables = Map<string, Learned>;

/** Lanes that say the same of a side and keep as many first tokens exact share its tables. */
export const keyOf = (config: CacheConfig, s: number): string =>
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
      ? fromText.lists[layer]
      : await tableOf(device, cache, rows, { lane, layer, s, config: plan.config, skip: skipOf(plan.config) });
    cache.writeHeader(learning, layer, words);
  }
}

/** First tokens that never are coded, and so teach nothing. */
export const skipOf = ({ keep }: CacheConfig): number => (keep.sinkRule === 'first' ? keep.sinks : 0);

interface Wanted {
  lane: number;
  layer: number;
  s: number;
  config: CacheConfig;
  skip: number;
}

/** The tables of one layer; empty where the layer's side learns none. */
export async function tableOf(
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
