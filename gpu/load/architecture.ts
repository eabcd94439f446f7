import { KvError } from '../errors';
import type { ModelConfig } from '../model/config';
import type { Metadata } from './metadata';
import { has, positive, text, whole } from './metadata';
import { checkTensors } from './required-tensors';
import { ropeFactors } from './rope-scaling';
import type { TensorInfo } from './types';

/** Architectures whose forward pass is the one of `model/forward.ts`. */
export const ARCHITECTURES = ['llama', 'qwen2', 'qwen3'] as const;

const HEAD_DIMS = [32, 64, 96, 128];

/**
 * Metadata and tensor list -> ModelConfig. Optional parts are recognised by their tensors (bias, q/k norm, output head).
 * `ropeFactors` covers metadata only; a file's own frequency table is added by `readRopeFactors`.
 * Throws KvError('unsupported-arch') naming what is not supported, 'bad-file' naming a missing or misshapen part.
 */
export function readConfig(metadata: Metadata, tensors: Map<string, TensorInfo>): ModelConfig {
  const arch = text(metadata, 'general.architecture');
  if (!(ARCHITECTURES as readonly string[]).includes(arch)) {
    throw unsupported(
      `Models of the architecture "${arch.slice(0, 40)}" are not supported.`,
      `kvscope runs ${ARCHITECTURES.join(', ')}.`,
    );
  }
  const key = (name: string) => `${arch}.${name}`;
  for (const name of ['expert_count', 'expert_used_count']) {
    if (has(metadata, key(name)) && Number(metadata[key(name)]) > 0) {
      throw unsupported('Mixture-of-experts models are not supported.', `The file sets ${key(name)}.`);
    }
  }
  const layers = whole(metadata, key('block_count'), 1);
  const hidden = whole(metadata, key('embedding_length'), 1);
  const ffn = perModel(metadata, key('feed_forward_length'));
  const heads = perModel(metadata, key('attention.head_count'));
  const kvHeads = has(metadata, key('attention.head_count_kv'))
    ? perModel(metadata, key('attention.head_count_kv'))
    : heads;
  const headDim = whole(metadata, key('attention.key_length'), 1, Math.floor(hidden / heads));
  const valueDim = whole(metadata, key('attention.value_length'), 1, headDim);
  if (!HEAD_DIMS.includes(headDim) || valueDim !== headDim) {
    throw unsupported(
      `Heads of ${headDim === valueDim ? headDim : `${headDim} and ${valueDim}`} channels are not supported.`,
      `kvscope runs ${HEAD_DIMS.join(', ')}, alike for keys and values.`,
    );
  }
  const rotary = whole(metadata, key('rope.dimension_count'), 1, headDim);
  if (rotary !== headDim)
    throw unsupported('Partly rotated heads are not supported.', `${rotary} of ${headDim} channels rotate.`);
  if (heads % kvHeads !== 0) throw unsupported(`${heads} query heads do not share ${kvHeads} KV heads evenly.`, '');
  if (hidden % 32 !== 0 || ffn % 32 !== 0) {
    throw unsupported(`The widths ${hidden} and ${ffn} are not supported.`, 'kvscope needs multiples of 32.');
  }
  const config: ModelConfig = {
    arch,
    name: text(metadata, 'general.name', arch),
    layers,
    heads,
    kvHeads,
    headDim,
    hidden,
    ffn,
    vocab: tensors.get('token_embd.weight')?.rows ?? 0,
    context: whole(metadata, key('context_length'), 1),
    normEps: positive(metadata, key('attention.layer_norm_rms_epsilon')),
    ropeBase: positive(metadata, key('rope.freq_base'), 10000),
    ropeFactors: ropeFactors(metadata, arch, headDim),
    qkvBias: tensors.has('blk.0.attn_q.bias'),
    qkNorm: tensors.has('blk.0.attn_q_norm.weight'),
    tiedHead: !tensors.has('output.weight'),
  };
  checkTensors(config, tensors);
  checkVocabulary(config, metadata);
  return config;
}

/** A number, or a list with one equal number per layer. */
function perModel(metadata: Metadata, key: string): number {
  const value = metadata[key];
  if (!Array.isArray(value)) return whole(metadata, key, 1);
  if (value.length === 0 || value.some((item) => item !== value[0])) {
    throw unsupported('Models whose layers differ in size are not supported.', `"${key}" changes from layer to layer.`);
  }
  return whole({ [key]: value[0] }, key, 1);
}

function checkVocabulary(config: ModelConfig, metadata: Metadata): void {
  const tokens = metadata['tokenizer.ggml.tokens'];
  if (!Array.isArray(tokens) || tokens.length === config.vocab) return;
  throw new KvError(
    'bad-file',
    'The vocabulary does not fit the model.',
    `The file names ${tokens.length} tokens, but the embedding has ${config.vocab} rows.`,
    'Choose another copy of the model.',
  );
}

export function unsupported(message: string, why: string): KvError {
  return new KvError('unsupported-arch', message, why, 'Choose another model.');
}
