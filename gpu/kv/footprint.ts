import type { EffectiveBits } from '../run-types';
import { exactWindow, groupSize, isExact } from './check';
import type { CacheConfig, Side, SideName } from './config';

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

/** Bits of meta per group: f16 scale and f16 minimum, or (sym) the scale alone. */
export const metaBits = (side: Side): number => (side.scheme === 'asym' ? 32 : 16);

/** Bytes of one side; a coded value costs b bits + 32 / group (asym) or 16 / group (sym), an exact one 16 (f32: 32). */
function sideBytes(config: CacheConfig, name: SideName, dims: CacheDims, tokens: number): SideBytes {
  const side = config[name];
  const heads = dims.layers * dims.kvHeads;
  if (isExact(side)) {
    const exact = (heads * tokens * dims.headDim * side.bits) / 8;
    return { codes: 0, meta: 0, exact, total: exact };
  }
  const kept = exactRows(config, name, tokens);
  const values = heads * (tokens - kept) * dims.headDim;
  const codes = (values * side.bits) / 8;
  const meta = ((values / groupSize(side, dims.headDim)) * metaBits(side)) / 8;
  const exact = heads * kept * dims.headDim * 2;
  return { codes, meta, exact, total: codes + meta + exact };
}

/**
 * What a lane's live rows occupy after `tokens` >= 1 fed tokens, counted from the configuration alone. Every width here
 * is stored as it counts (head_dim is a multiple of 32), so `packedMean` equals `mean`.
 */
export function footprint(config: CacheConfig, dims: CacheDims, tokens: number): Footprint {
  const k = sideBytes(config, 'k', dims, tokens);
  const v = sideBytes(config, 'v', dims, tokens);
  const values = dims.layers * dims.kvHeads * dims.headDim * tokens;
  const bits = { k: (k.total * 8) / values, v: (v.total * 8) / values };
  const mean = (bits.k + bits.v) / 2;
  return { k, v, total: k.total + v.total, fp16: values * 4, effectiveBits: { ...bits, mean, packedMean: mean } };
}

/** Effective bits after `tokens` >= 1 fed tokens: for previews at any length. */
export const effectiveBits = (config: CacheConfig, dims: CacheDims, tokens: number): EffectiveBits =>
  footprint(config, dims, tokens).effectiveBits;
