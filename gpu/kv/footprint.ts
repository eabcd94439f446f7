import type { EffectiveBits } from '../run-types';
import { scaleWordsOf } from './codec';
import type { CacheConfig, SideName } from './config';
import { groupSize, isExact, sideAt } from './config';
import { rowCopies } from './lane-copies';
import { codecOf, policyFor } from './registry';

/** The axes of a model that the size of its cache depends on. */
export interface CacheDims {
  layers: number;
  /** Query heads. */
  heads: number;
  kvHeads: number;
  headDim: number;
}

/** Bytes of one side over all layers and KV heads after `tokens` fed tokens. */
export interface SideBytes {
  codes: number;
  meta: number;
  exact: number;
  total: number;
}

export interface Footprint {
  k: SideBytes;
  v: SideBytes;
  total: number;
  /** The same rows at FP16. */
  fp16: number;
  effectiveBits: EffectiveBits;
}

/** Rows of a side that are stored exact after `tokens` fed tokens: what the policy keeps, and with `along: token` the open block. */
export function exactRows(
  config: CacheConfig,
  name: SideName,
  tokens: number,
  headDim: number,
  prompt = tokens,
): number {
  const side = config[name];
  const kept = policyFor(config).exactAfter(tokens, config, { side: name, prompt });
  const coded = tokens - kept;
  const block = side.along === 'token' ? groupSize(side, headDim) : 1;
  return kept + (coded % block);
}

/** Bytes as stored and bits per value as counted, of one side. */
function sideOf(config: CacheConfig, name: SideName, dims: CacheDims, tokens: number, prompt: number) {
  const { layers, kvHeads, headDim } = dims;
  const copies = rowCopies(config, dims);
  const kept = isExact(config[name]) ? 0 : copies * exactRows(config, name, tokens, headDim, prompt);
  const coded = copies * tokens - kept;
  const bytes: SideBytes = { codes: 0, meta: 0, exact: layers * kvHeads * kept * headDim * 2, total: 0 };
  let bits = layers * kept * 16;
  for (let l = 0; l < layers; l++) {
    const side = sideAt(config, name, l, layers);
    const layout = codecOf(side.codec).layout(side, headDim, kvHeads);
    const codes = coded * kvHeads * layout.codeWords * 4;
    if (isExact(side)) bytes.exact += codes;
    else bytes.codes += codes;
    if (coded > 0) bytes.meta += (layout.headerWords ?? 0) * 4;
    if (coded > 0) bits += (layout.headerBits ?? 0) / (kvHeads * headDim);
    bytes.meta += (coded / layout.blockTokens) * scaleWordsOf(layout, kvHeads) * 4;
    bits += coded * layout.bits;
  }
  bytes.total = bytes.codes + bytes.meta + bytes.exact;
  return { bytes, bits: bits / layers / tokens };
}

/**
 * What a lane's live rows occupy after `tokens` >= 1 fed tokens, `prompt` of them the prompt (all, where it is left out), counted
 * from the configuration alone. Bytes and `packedMean` are as stored, in whole words; `k`, `v` and `mean` leave out words that are
 * not full.
 */
export function footprint(config: CacheConfig, dims: CacheDims, tokens: number, prompt = tokens): Footprint {
  const k = sideOf(config, 'k', dims, tokens, prompt);
  const v = sideOf(config, 'v', dims, tokens, prompt);
  const values = dims.layers * dims.kvHeads * dims.headDim * tokens;
  const total = k.bytes.total + v.bytes.total;
  const bits = { k: k.bits, v: v.bits, mean: (k.bits + v.bits) / 2, packedMean: (total * 8) / (2 * values) };
  return { k: k.bytes, v: v.bytes, total, fp16: values * 4, effectiveBits: bits };
}

/** Effective bits after `tokens` >= 1 fed tokens: for previews at any length. */
export const effectiveBits = (config: CacheConfig, dims: CacheDims, tokens: number, prompt = tokens): EffectiveBits =>
  footprint(config, dims, tokens, prompt).effectiveBits;
