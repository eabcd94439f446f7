/**
 * What the forward pass needs to know of a model, read from GGUF metadata by `load/architecture.ts`.
 * Axis letters: L layers, H query heads, Hk KV heads, D head_dim, V vocabulary.
 */
export interface ModelConfig {
  arch: string;
  name: string;
  layers: number;
  heads: number;
  kvHeads: number;
  headDim: number;
  hidden: number;
  ffn: number;
  vocab: number;
  context: number;
  normEps: number;
  ropeBase: number;
  /** Divisors of the D/2 rotary frequencies (llama3 and linear scaling); null = all 1. */
  ropeFactors: Float32Array | null;
  qkvBias: boolean;
  qkNorm: boolean;
  tiedHead: boolean;
}
