import { Buffers } from '../buffers';
import type { Gpu } from '../device';
import { scoped } from '../device';
import type { ModelFile } from '../load/types';
import { unpermute } from '../load/unpermute';
import type { KeyValueNorms, NormKind } from '../weight-norms';
import { normsOf } from '../weight-norms';
import type { ModelConfig } from './config';
import type { Matrix } from './matrix';
import { Upload } from './upload';

export interface LayerWeights {
  attnNorm: GPUBuffer;
  /** Rows: H query heads, Hk key heads, Hk value heads, each of D. */
  qkv: Matrix;
  /** QK-norm weights: q [D], k [D]. */
  headNorm: GPUBuffer | null;
  out: Matrix;
  ffnNorm: GPUBuffer;
  /** Gate rows above up rows. */
  gateUp: Matrix;
  down: Matrix;
}

export interface ModelWeights {
  config: ModelConfig;
  embed: Matrix;
  layers: LayerWeights[];
  finalNorm: GPUBuffer;
  head: Matrix;
  buffers: Buffers;
  /** Norms of the key and value projections; reads the file when first asked. */
  norms: (kind: NormKind) => Promise<KeyValueNorms>;
}

export interface LoadOptions {
  progress?: (bytes: number, total: number) => void;
  signal?: AbortSignal;
}

/** Streams the model to the GPU. Errors: bad-file, out-of-memory, cancelled, network; nothing stays allocated after one. */
export async function loadWeights(gpu: Gpu, file: ModelFile, options: LoadOptions = {}): Promise<ModelWeights> {
  const buffers = new Buffers(gpu.device);
  const total = [...file.tensors.values()].reduce((n, t) => n + t.bytes, 0);
  const limit = Math.min(gpu.adapter.maxBindingBytes, gpu.adapter.maxBufferBytes);
  const upload = new Upload(file, buffers, limit, (n) => options.progress?.(n, total), options.signal);
  try {
    return await scoped(gpu.device, 'the weights', async () => {
      const weights = await readAll(file.config, upload);
      await gpu.device.queue.onSubmittedWorkDone();
      return { ...weights, buffers, norms: normsOf(file) };
    });
  } catch (error) {
    buffers.destroy();
    throw error;
  }
}

/** What the list of a model's tensors is read with: the upload, or one that only counts. */
export type WeightReader = Pick<Upload, 'tensor' | 'matrix' | 'vector'>;

/** The tensors of a model in the order they are read, grouped into the matrices that kernels multiply with. */
export async function readAll(config: ModelConfig, up: WeightReader): Promise<Omit<ModelWeights, 'buffers' | 'norms'>> {
  const embed = await up.matrix('embed', [{ tensor: up.tensor('token_embd.weight') }]);
  const layers: LayerWeights[] = [];
  for (let l = 0; l < config.layers; l++) layers.push(await readLayer(config, up, `blk.${l}.`));
  return {
    config,
    embed,
    layers,
    finalNorm: await up.vector('norm', [{ tensor: up.tensor('output_norm.weight') }]),
    head: config.tiedHead
      ? { ...embed, name: 'head' }
      : await up.matrix('head', [{ tensor: up.tensor('output.weight') }]),
  };
}

async function readLayer(config: ModelConfig, up: WeightReader, prefix: string): Promise<LayerWeights> {
  const t = (name: string) => up.tensor(prefix + name);
  // Only llama-arch files keep q and k rows in interleaved rotary order.
  const order = config.arch === 'llama' ? unpermute(1, config.headDim) : undefined;
  const vector = (name: string) => up.vector(prefix + name, [{ tensor: t(`${name}.weight`) }]);
  const stack = (suffix: string) => [
    { tensor: t(`attn_q.${suffix}`), order },
    { tensor: t(`attn_k.${suffix}`), order },
    { tensor: t(`attn_v.${suffix}`) },
  ];
  const headed = (suffix: string) =>
    stack(suffix).map((item) => ({
      ...item,
      order: item.order && unpermute(item.tensor.cols / config.headDim, config.headDim),
    }));
  const bias = config.qkvBias ? await up.vector(`${prefix}qkv.bias`, headed('bias')) : undefined;
  return {
    attnNorm: await vector('attn_norm'),
    qkv: await up.matrix('qkv', stack('weight'), { bias }),
    headNorm: config.qkNorm
      ? await up.vector(`${prefix}head_norm`, [
          { tensor: t('attn_q_norm.weight') },
          { tensor: t('attn_k_norm.weight') },
        ])
      : null,
    out: await up.matrix('out', [{ tensor: t('attn_output.weight') }]),
    ffnNorm: await vector('ffn_norm'),
    gateUp: await up.matrix('gate_up', [{ tensor: t('ffn_gate.weight') }, { tensor: t('ffn_up.weight') }], {
      sameFormat: true,
    }),
    down: await up.matrix('down', [{ tensor: t('ffn_down.weight') }]),
  };
}
