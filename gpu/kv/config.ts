/**
 * The configuration of one lane's cache: plain data, the same in code, UI, links and files.
 * `lane.ts` reads and writes it as a lane string (`k=4 v=2 window=32`).
 */
import type { ParamValue } from './entry';
import type { Span } from './spans';

export type SideName = 'k' | 'v';

/** How one side (keys or values) is stored. */
export interface Side {
  /** Codec id; `f16` at bits 16, `f32` (tests only) at bits 32. */
  codec: string;
  /** Code width, 1..8 (1.5 and 1.58 where a codec has three levels), or 16 (exact FP16) or 32 (f32, tests only). */
  bits: number;
  /** Values that share a scale: channels of one token, or tokens of one channel (`along`). `head` = all channels of a head. */
  group: number | 'head';
  /** `channel`: a group is `group` channels of one token. `token`: `group` tokens of one channel (KIVI keys). */
  along: 'channel' | 'token';
  /** `asym`: scale and minimum; `sym`: scale only, codes centred on zero. */
  scheme: 'asym' | 'sym';
  /** Transform ids, applied in order before coding. */
  transforms: string[];
  /** Keys only: coded before RoPE and rotated when read. Left out = after RoPE. */
  domain?: 'preRope' | 'postRope';
  /** Settings of the codec's own that differ from its defaults, by key. */
  own?: Record<string, ParamValue>;
}

/** How the exact window moves on. */
export type WindowRule = 'slide' | 'blockFlush' | 'decodeOnlyFlush';

export interface Keep {
  /** Tokens kept exact for the whole run: how many, or for `massive` how many of the largest activations name theirs. */
  sinks: number;
  /**
   * `first`: the first tokens. `massive`: prompt tokens that own the largest numbers in the input of a layer (RotateKV). `pivot`: as
   * massive, but so many different tokens (AKVQ-VL). The latter two are found layer by layer.
   */
  sinkRule: 'first' | 'massive' | 'pivot';
  /** Layers before this one have no sinks of the latter two rules. */
  sinkFrom: number;
  /** Newest tokens kept exact, the current one included. */
  window: number;
  /**
   * `slide`: a row is coded when it leaves the window. `blockFlush`: keys are coded `window` at a time, values slide (KIVI).
   * `decodeOnlyFlush`: the prompt is coded at once, generated tokens `window` at a time (Hugging Face QuantizedCache).
   */
  windowRule: WindowRule;
  /** At a flush, rows that are coded already are coded anew from what they read as. */
  requantOnFlush: 'off' | 'on';
}

/** Two classes of tokens by saliency (ZipCache, arXiv 2405.14256): `lo` bits for the least salient share, the side's own for the rest. */
export interface Mix {
  lo: number;
  ratio: number;
  /** After so many tokens everything is coded anew. */
  gap: number;
  probes: 'sampled' | 'all';
  norm: 'code' | 'probeNnz' | 'none';
  order: 'position' | 'saliency';
  seed: number;
}

/** Prompt tokens of a second class (AKVQ-VL's vision tokens): coded with at most so many bits in every layer. */
export interface Bulk {
  bits: number;
  spans: readonly Span[];
}

/** Which rows leave the cache for good: an eviction of `evict/` with its settings, complete. */
export interface Eviction {
  id: string;
  own: Record<string, ParamValue>;
}

/** Layers `from` .. `to` with widths of their own. */
export interface LayerPair {
  from: number;
  to: number;
  k: number;
  v: number;
}

/** What differs from layer to layer. */
export interface LayerPlan {
  pairs: LayerPair[];
  /** So many layers at the beginning and at the end stay FP16. */
  skipFirst: number;
  skipLast: number;
  /** Widths by the norms of the model's weights, a mean of `budget` bits; a run turns it into `pairs`. Set by systems. */
  allocate?: { score: 'frobenius' | 'spectral'; budget: number };
}

export interface CacheConfig {
  /** The preset the fields started from, when there is one, and its own settings that differ from its defaults. */
  system?: string;
  options?: Record<string, ParamValue>;
  k: Side;
  v: Side;
  keep: Keep;
  layers: LayerPlan;
  /** Set by systems that evict. */
  evict?: Eviction;
  /** Set by systems that sort tokens into classes. */
  mix?: Mix;
  /** Set by systems whose user marks parts of the prompt. */
  bulk?: Bulk;
  /** What prompt queries see: their keys and values exact, or as one-by-one feeding would have coded them. */
  prefill: 'fp16' | 'quant';
  /** What the current token's query sees of its own key and value. */
  self: 'fp16' | 'quant';
}

/** Where a slider move takes hold: the rows written from the next token on, or every row of the cache, re-encoded. */
export type MoveScope = 'new' | 'all';

/** One logged slider move: before step `step` is computed, `field` of lane `lane` becomes `value`. */
export interface Move {
  lane: number;
  step: number;
  field: 'k' | 'v';
  value: number;
  scope: MoveScope;
}

/** The codec that a width stands for when none is named. */
export const codecForBits = (bits: number): string => (bits === 32 ? 'f32' : bits === 16 ? 'f16' : 'uniform');

/** True when the side stores rows as they are (FP16 or f32): no groups, no transforms, nothing to round. */
export const isExact = (side: Side): boolean => side.bits >= 16;

/** True when what the cache holds differs between layers, heads or marked tokens: rows may leave, or sinks are found layer by layer. */
export const isByPlane = ({ evict, mix, keep, bulk }: Pick<CacheConfig, 'evict' | 'mix' | 'keep' | 'bulk'>): boolean =>
  evict !== undefined || mix !== undefined || bulk !== undefined || keep.sinkRule !== 'first';

/** True when the rows of this side are kept as they are before RoPE. */
export const isPreRope = (side: Side): boolean => side.domain === 'preRope';

/** True when the sinks of this side are read at their places inside the cache (StreamingLLM). */
export const countsInCache = (side: Side): boolean => side.transforms.includes('cache-positions');

/** Bits in which a code of a nominal width is stored: 1.5 and 1.58 take 2. */
export const storedBits = (bits: number): number => Math.ceil(bits);

/** The side as layer `layer` of `layers` has it: FP16 in skipped layers, else with the widths of its pair. */
export function sideAt(config: CacheConfig, name: SideName, layer: number, layers: number): Side {
  const side = config[name];
  const { pairs, skipFirst, skipLast } = config.layers;
  if (isExact(side)) return side;
  if (layer < skipFirst || layer >= layers - skipLast) return exactAs(side);
  const pair = pairs.findLast(({ from, to }) => layer >= from && layer <= to);
  if (!pair) return side;
  return pair[name] >= 16 ? exactAs(side) : { ...side, bits: pair[name] };
}

/** FP16 rows of the same kind: blocks and domain stay. */
export const exactAs = ({ along, domain }: Side): Side => ({
  ...uniformSide(16),
  along,
  ...(domain === undefined ? {} : { domain }),
});

/** Channels or tokens in one group of a side, for heads of `headDim` channels. */
export const groupSize = (side: Side, headDim: number): number => (side.group === 'head' ? headDim : side.group);

/** Rows newer than this many steps are exact: `window`, or 1 when `self` is fp16 and there is no window. */
export const exactWindow = (config: CacheConfig): number =>
  Math.max(config.keep.window, config.self === 'fp16' ? 1 : 0);

export const uniformSide = (bits: number): Side => ({
  codec: codecForBits(bits),
  bits,
  group: 32,
  along: 'channel',
  scheme: 'asym',
  transforms: [],
});

export const defaultConfig = (k = 4, v = 4): CacheConfig => ({
  k: uniformSide(k),
  v: uniformSide(v),
  keep: { sinks: 0, sinkRule: 'first', sinkFrom: 0, window: 0, windowRule: 'slide', requantOnFlush: 'off' },
  layers: { pairs: [], skipFirst: 0, skipLast: 0 },
  prefill: 'quant',
  self: 'quant',
});

export const shadowConfig = (): CacheConfig => ({ ...defaultConfig(16, 16), prefill: 'fp16', self: 'fp16' });
