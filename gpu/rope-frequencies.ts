import type { ModelConfig } from './model/config';

/** Rotary angle per position and channel pair, [D/2], in f64: base^(-2i / D), divided by the model's scaling factors. */
export const ropeFrequencies = ({ headDim, ropeBase, ropeFactors }: ModelConfig): Float64Array =>
  Float64Array.from({ length: headDim / 2 }, (_, i) => ropeBase ** ((-2 * i) / headDim) / (ropeFactors?.[i] ?? 1));
