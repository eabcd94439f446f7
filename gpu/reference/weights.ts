import { KvError } from '../errors';
import { dequantize } from '../load/quant/dequantize';
import type { ModelFile } from '../load/types';
import { unpermute } from '../load/unpermute';

/** One matrix, every weight its exact value rounded to f32: values [rows, cols], row-major. */
export interface Matrix {
  rows: number;
  cols: number;
  values: Float32Array;
}

/** Weights of one layer. Rows of q and k (and their biases) are in Hugging Face channel order: rotary halves (i, i + D/2). */
export interface LayerWeights {
  attnNorm: Float32Array;
  q: Matrix;
  k: Matrix;
  v: Matrix;
  /** Null without `qkvBias`. */
  qBias: Float32Array | null;
  kBias: Float32Array | null;
  vBias: Float32Array | null;
  /** [D], null without `qkNorm`. */
  qNorm: Float32Array | null;
  kNorm: Float32Array | null;
  out: Matrix;
  ffnNorm: Float32Array;
  gate: Matrix;
  up: Matrix;
  down: Matrix;
}

export interface Weights {
  /** [V, hidden]. */
  embedding: Matrix;
  layers: LayerWeights[];
  outputNorm: Float32Array;
  /** [V, hidden]; the embedding itself when the model ties them. */
  head: Matrix;
}

/** Reads a whole model into f32: 4 bytes per weight. Throws KvError('bad-file') where the file ends or a tensor is missing. */
export async function readWeights(file: ModelFile, signal?: AbortSignal): Promise<Weights> {
  const { config } = file;
  const matrix = async (name: string): Promise<Matrix> => {
    const tensor = file.tensors.get(name);
    if (!tensor) throw new KvError('bad-file', `The tensor "${name}" is missing.`);
    const { type, rows, cols } = tensor;
    const bytes = await file.source.read(tensor.offset, tensor.bytes, signal);
    return { rows, cols, values: dequantize(type, bytes, rows, cols) };
  };
  const vector = async (name: string) => (await matrix(name)).values;
  const maybe = (there: boolean, name: string) => (there ? vector(name) : null);
  /** Rotated rows as Hugging Face orders them; only llama-arch files keep rotary pairs as neighbours. */
  const rotary = async (weights: Promise<Matrix>, heads: number): Promise<Matrix> =>
    config.arch === 'llama' ? reorder(await weights, unpermute(heads, config.headDim)) : weights;
  const rotaryBias = async (name: string, heads: number) => {
    if (!config.qkvBias) return null;
    const values = await vector(name);
    return (await rotary(Promise.resolve({ rows: values.length, cols: 1, values }), heads)).values;
  };

  const layers: LayerWeights[] = [];
  for (let layer = 0; layer < config.layers; layer++) {
    const at = (part: string) => `blk.${layer}.${part}`;
    layers.push({
      attnNorm: await vector(at('attn_norm.weight')),
      q: await rotary(matrix(at('attn_q.weight')), config.heads),
      k: await rotary(matrix(at('attn_k.weight')), config.kvHeads),
      v: await matrix(at('attn_v.weight')),
      qBias: await rotaryBias(at('attn_q.bias'), config.heads),
      kBias: await rotaryBias(at('attn_k.bias'), config.kvHeads),
      vBias: await maybe(config.qkvBias, at('attn_v.bias')),
      qNorm: await maybe(config.qkNorm, at('attn_q_norm.weight')),
      kNorm: await maybe(config.qkNorm, at('attn_k_norm.weight')),
      out: await matrix(at('attn_output.weight')),
      ffnNorm: await vector(at('ffn_norm.weight')),
      gate: await matrix(at('ffn_gate.weight')),
      up: await matrix(at('ffn_up.weight')),
      down: await matrix(at('ffn_down.weight')),
    });
  }
  const embedding = await matrix('token_embd.weight');
  const head = config.tiedHead ? embedding : await matrix('output.weight');
  return { embedding, layers, outputNorm: await vector('output_norm.weight'), head };
}

/** Row `order[r]` of the matrix becomes row r. */
function reorder({ rows, cols, values }: Matrix, order: Uint32Array): Matrix {
  const moved = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    moved.set(values.subarray(order[row] * cols, (order[row] + 1) * cols), row * cols);
  }
  return { rows, cols, values: moved };
}
