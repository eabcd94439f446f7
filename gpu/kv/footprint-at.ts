import type { CacheConfig } from './config';
import type { CacheDims } from './footprint';
import { footprint } from './footprint';

/** What a lane takes at a length, told from its settings alone. */
export interface Foreseen {
  bytes: number;
  /** All rows at FP16. */
  fp16: number;
  /** Effective bits per value of the whole text: rows that have left count as values too. */
  bits: number;
  /** True where settings say it on average only: shares of tokens, capacities that layers or heads divide among them. */
  isApproximate: boolean;
}

/** After a prompt of `tokens` tokens; null where it follows from the text or from the weights. */
export function footprintAt(config: CacheConfig, dims: CacheDims, tokens: number): Foreseen | null {
  if (config.layers.allocate) return null;
  const kept = config.evict ? keptRows(config.evict, tokens) : tokens;
  if (kept === null) return null;
  const rows = Math.max(1, Math.min(tokens, Math.round(kept)));
  const { total, effectiveBits } = mixed(config, dims, rows);
  const values = dims.layers * dims.kvHeads * dims.headDim * tokens;
  return {
    bytes: total,
    fp16: values * 4,
    bits: (effectiveBits.mean * rows) / tokens,
    isApproximate: config.evict !== undefined || config.mix !== undefined || config.bulk !== undefined,
  };
}

/** Rows that an eviction keeps of a prompt, on average over layers and heads; null where the text decides. */
function keptRows({ id, own }: NonNullable<CacheConfig['evict']>, tokens: number): number | null {
  if (id === 'simlayerkv' || id === 'kvcrush') return null;
  const number = (key: string) => (own[key] === undefined ? null : Number(own[key]));
  const [cap, ratio, recent] = [number('cap'), number('ratio'), number('recent')];
  if (cap !== null && cap > 0) return cap;
  if (ratio !== null) return tokens * (1 - ratio);
  return recent === null ? null : recent + (number('sinks') ?? 0) + (number('heavy') ?? 0);
}

/** With classes of tokens, the share that each class has. */
function mixed(config: CacheConfig, dims: CacheDims, rows: number) {
  const whole = footprint(config, dims, rows);
  if (!config.mix) return whole;
  const { lo, ratio } = config.mix;
  const low = footprint({ ...config, k: { ...config.k, bits: lo }, v: { ...config.v, bits: lo } }, dims, rows);
  const between = (a: number, b: number) => a + (b - a) * ratio;
  return {
    total: between(whole.total, low.total),
    effectiveBits: { mean: between(whole.effectiveBits.mean, low.effectiveBits.mean) },
  };
}
