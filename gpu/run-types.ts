import type { CacheConfig, Move } from './kv/config';

/** Everything that determines a run, besides the model file. */
export interface RunSpec {
  /** Token ids of the prompt (or of the whole text when `forced` tokens follow). */
  prompt: number[];
  /** Teacher-forced continuation: fed one by one after the prompt instead of generated tokens. */
  forced?: number[];
  /** Lanes 1..7; lane 0 is always the FP16 shadow. */
  lanes: CacheConfig[];
  mode: 'same-prefix' | 'free-running';
  /** Most tokens to generate (ignored with `forced`). */
  steps: number;
  decode: DecodeRule;
  /** Token ids that end the run; empty = run to `steps`. */
  stops: number[];
  /** Slider moves known before the run (a shared link replays them). */
  moves: Move[];
  /** Keep FP16 originals and room for moves (the page: true; plain evaluation: false). */
  live: boolean;
  /** Per-layer, per-head attention measures. */
  heads: boolean;
  /** Tokens of the calibration text, for systems that learn tables from one. */
  calibration?: number[];
  /**
   * Every layer of every lane gets the shadow's hidden state, so that head measures and `Frame.local` say what a lane's cache does
   * in that layer alone. No lane has logits of its own then: all are the shadow's.
   */
  isolate?: boolean;
}

/** Greedy when temperature is 0. Sampling is counter-based: the draw depends on (seed, step) only. */
export interface DecodeRule {
  temperature: number;
  topK: number;
  topP: number;
  minP: number;
  seed: number;
}

export const greedy: DecodeRule = { temperature: 0, topK: 0, topP: 1, minP: 0, seed: 0 };

/** Order of the per-head measures in `Frame.heads`. */
export const HEAD_MEASURES = ['tv', 'js', 'entropyChange', 'flip', 'sink', 'sinkChange', 'far', 'farChange'] as const;
export type HeadMeasure = (typeof HEAD_MEASURES)[number];

/** Lower edges of the log-2 distance bins: 0, 1, 2, 4 ... 1024 (the last one is open). */
export const DISTANCE_BINS = 12;

/** Bytes of one lane. `total` = what the live rows occupy; `reserved` = allocated; `fp16` = the same rows at FP16. */
export interface LaneBytes {
  codes: number;
  meta: number;
  exact: number;
  tables: number;
  total: number;
  reserved: number;
  instrumentation: number;
  fp16: number;
  /** Of `total`, the part of keys and of values. */
  k: number;
  v: number;
}

export interface EffectiveBits {
  k: number;
  v: number;
  mean: number;
  packedMean: number;
}

/** One candidate of the next-token table: id, log-probability in this lane and in the other one (shadow for a lane, lane 1 for the shadow). */
export interface TopToken {
  id: number;
  logp: number;
  other: number;
}

/** What one lane says about the token that follows the step's query. */
export interface LaneStep {
  /** KL(p_shadow || p_lane) in nats over the whole vocabulary; 0 for the shadow, NaN in free-running mode after the paths part. */
  kl: number;
  /** -ln p_lane(token), NaN when no token follows. */
  nll: number;
  /** p_lane(token) - p_shadow(token). */
  dp: number;
  sameTop: boolean;
  /** The lane's own most likely token. */
  best: number;
  /** The token this lane is fed next (differs between lanes in free-running mode), -1 at the end. */
  token: number;
  top: TopToken[];
  bytes: LaneBytes;
  effectiveBits: EffectiveBits;
}

/** The attention row of the selected head: probabilities over keys 0..length-1 as f16 bit patterns, one array per lane (0 = shadow). */
export interface AttentionRow {
  layer: number;
  head: number;
  length: number;
  lanes: Uint16Array[];
  /** [lanes][DISTANCE_BINS] mass by log-2 distance from the query, key 0 left out. */
  bins: Float32Array[];
}

/** One step: the logits after feeding the token at `position`, which predict the token at `position + 1`. */
export interface Frame {
  run: number;
  /** 0 = the row that comes out of the prefill. */
  step: number;
  position: number;
  /** Token that follows (fed next to every lane in same-prefix mode), -1 when the run ends here without one. */
  token: number;
  /** Index 0 = shadow. */
  lanes: LaneStep[];
  /** [L][lanes - 1][H][HEAD_MEASURES.length]; empty when heads are off. */
  heads: Float32Array;
  row: AttentionRow | null;
  /**
   * Isolated runs: [L][lanes - 1][H + 1][2]. Squared L2 distance to the shadow, and the shadow's squared L2 norm, of the values that
   * each head has mixed; in the last place, of the attention block's output, behind its projection. Missing elsewhere.
   */
  local?: Float32Array;
  /** Milliseconds since the frame before (or since the step was asked for), and the host's own part of them; the rest waits for the GPU. */
  ms: { step: number; host: number };
}

/** The frame without its heavy parts: head measures, local errors and attention rows. */
export const light = ({ local: _, ...frame }: Frame): Frame => ({ ...frame, heads: new Float32Array(0), row: null });

export interface AdapterSummary {
  name: string;
  vendor: string;
  architecture: string;
  features: string[];
  software: boolean;
  subgroupMin: number;
  subgroupMax: number;
  maxBufferBytes: number;
  maxBindingBytes: number;
}

export interface ModelSummary {
  name: string;
  sha256: string;
  fileBytes: number;
  arch: string;
  layers: number;
  heads: number;
  kvHeads: number;
  headDim: number;
  hidden: number;
  ffn: number;
  vocab: number;
  context: number;
  /** The projections of q, k and v have biases. */
  qkvBias: boolean;
  /** Queries and keys are normalised head by head. */
  qkNorm: boolean;
  hasChat: boolean;
  weightBytes: number;
  loadMs: number;
}
