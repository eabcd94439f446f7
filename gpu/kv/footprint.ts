import type { EffectiveBits } from '../run-types';
import type { CacheConfig, Side, SideName } from './config';
import { exactWindow, groupSize, isExact } from './config';

/** The axes of a model that the size of its cache depends on. */
export interface CacheDims {
  layers: number;
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

/** Rows of a side that are stored exact after `tokens` fed tokens: sinks, window, and with `along: token` the open block. */
export function exactRows(config: CacheConfig, name: SideName, tokens: number): number {
  const side = config[name];
  const sinks = Math.min(config.keep.sinks, tokens);
  const coded = Math.max(0, tokens - sinks - exactWindow(config));
  const sealed = side.along === 'token' ? coded - (coded % Number(side.group)) : coded;
  return tokens - sealed;
}

/**
 * 32-bit words of scales per head and row (`along: token`: per head and block of rows): one word per group of f16 scale and
 * minimum (asym), half a word per group of a scale alone (sym), rounded up.
 */
export function scaleWords(side: Side, headDim: number): number {
  const groups = side.along === 'token' ? headDim : headDim / groupSize(side, headDim);
  return side.scheme === 'asym' ? groups : Math.ceil(groups / 2);
}

/** Bits per coded value, nominal: b + 32 / group (asym) or b + 16 / group (sym). */
const codedBits = (side: Side, headDim: number): number =>
  side.bits + (side.scheme === 'asym' ? 32 : 16) / groupSize(side, headDim);

/** Bytes as stored and bits per value as counted, of one side. */
function sideOf(
  config: CacheConfig,
  name: SideName,
  dims: CacheDims,
  tokens: number,
): { bytes: SideBytes; bits: number } {
  const side = config[name];
  const { headDim } = dims;
  const heads = dims.layers * dims.kvHeads;
  if (isExact(side)) {
    const exact = (heads * tokens * headDim * side.bits) / 8;
    return { bytes: { codes: 0, meta: 0, exact, total: exact }, bits: side.bits };
  }
  const kept = exactRows(config, name, tokens);
  const coded = tokens - kept;
  const blocks = side.along === 'token' ? coded / groupSize(side, headDim) : coded;
  const codes = (heads * coded * headDim * side.bits) / 8;
  const meta = heads * blocks * scaleWords(side, headDim) * 4;
  const exact = heads * kept * headDim * 2;
  const bits = (coded * codedBits(side, headDim) + kept * 16) / tokens;
  return { bytes: { codes, meta, exact, total: codes + meta + exact }, bits };
}

/**
 * What a lane's live rows occupy after `tokens` >= 1 fed tokens, counted from the configuration alone. Bytes and `packedMean`
 * are as stored, in whole words; `k`, `v` and `mean` leave out the unused half word of an odd number of sym scales.
 */
export function footprint(config: CacheConfig, dims: CacheDims, tokens: number): Footprint {
  const k = sideOf(config, 'k', dims, tokens);
  const v = sideOf(config, 'v', dims, tokens);
  const values = dims.layers * dims.kvHeads * dims.headDim * tokens;
  const total = k.bytes.total + v.bytes.total;
  const bits = { k: k.bits, v: v.bits, mean: (k.bits + v.bits) / 2, packedMean: (total * 8) / (2 * values) };
  return { k: k.bytes, v: v.bytes, total, fp16: values * 4, effectiveBits: bits };
}

/** Effective bits after `tokens` >= 1 fed tokens: for previews at any length. */
export const effectiveBits = (config: CacheConfig, dims: CacheDims, tokens: number): EffectiveBits =>
  footprint(config, dims, tokens).effectiveBits;
