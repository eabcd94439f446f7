import type { ModelConfig } from '../../../gpu/model/config';
import type { Reference } from '../../../gpu/reference/model';
import { referenceOf } from '../../../gpu/reference/model';
import type { Matrix, Weights } from '../../../gpu/reference/weights';

const CONFIG: ModelConfig = {
  arch: 'qwen3',
  name: 'tiny',
  layers: 2,
  heads: 4,
  kvHeads: 2,
  headDim: 64,
  hidden: 64,
  ffn: 96,
  vocab: 50,
  context: 256,
  normEps: 1e-5,
  ropeBase: 10_000,
  ropeFactors: null,
  qkvBias: true,
  qkNorm: true,
  tiedHead: true,
};

/** A two-layer model with every optional part (bias, q/k norm), its weights from a formula. */
export function tinyModel(changes: Partial<ModelConfig> = {}): Reference {
  const config = { ...CONFIG, ...changes };
  let seed = 1;
  const values = (n: number, scale: number, offset = 0) =>
    Float32Array.from({ length: n }, () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return (seed / 2 ** 31 - 1) * scale + offset;
    });
  const matrix = (rows: number, cols: number): Matrix => ({
    rows,
    cols,
    values: values(rows * cols, 2 / Math.sqrt(cols)),
  });
  const { hidden, heads, kvHeads, headDim, ffn } = config;
  const embedding = matrix(config.vocab, hidden);
  const weights: Weights = {
    embedding,
    head: embedding,
    outputNorm: values(hidden, 0.1, 1),
    layers: Array.from({ length: config.layers }, () => ({
      attnNorm: values(hidden, 0.1, 1),
      q: matrix(heads * headDim, hidden),
      k: matrix(kvHeads * headDim, hidden),
      v: matrix(kvHeads * headDim, hidden),
      qBias: config.qkvBias ? values(heads * headDim, 1) : null,
      kBias: config.qkvBias ? values(kvHeads * headDim, 1) : null,
      vBias: config.qkvBias ? values(kvHeads * headDim, 0.3) : null,
      qNorm: config.qkNorm ? values(headDim, 0.3, 1.5) : null,
      kNorm: config.qkNorm ? values(headDim, 0.3, 1.5) : null,
      out: matrix(hidden, heads * headDim),
      ffnNorm: values(hidden, 0.1, 1),
      gate: matrix(ffn, hidden),
      up: matrix(ffn, hidden),
      down: matrix(hidden, ffn),
    })),
  };
  return referenceOf(config, weights);
}
