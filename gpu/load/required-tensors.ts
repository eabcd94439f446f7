import { KvError } from '../errors';
import type { ModelConfig } from '../model/config';
import type { TensorInfo } from './types';

/** Tensor name -> [rows, cols] that a model of this configuration must hold, in the order of the forward pass. */
export function requiredTensors(c: ModelConfig): Map<string, [number, number]> {
  const need = new Map<string, [number, number]>();
  const q = c.heads * c.headDim;
  const kv = c.kvHeads * c.headDim;
  need.set('token_embd.weight', [c.vocab, c.hidden]);
  for (let layer = 0; layer < c.layers; layer++) {
    const add = (part: string, rows: number, cols: number) => need.set(`blk.${layer}.${part}`, [rows, cols]);
    add('attn_norm.weight', 1, c.hidden);
    add('attn_q.weight', q, c.hidden);
    add('attn_k.weight', kv, c.hidden);
    add('attn_v.weight', kv, c.hidden);
    if (c.qkvBias) {
      add('attn_q.bias', 1, q);
      add('attn_k.bias', 1, kv);
      add('attn_v.bias', 1, kv);
    }
    if (c.qkNorm) {
      add('attn_q_norm.weight', 1, c.headDim);
      add('attn_k_norm.weight', 1, c.headDim);
    }
    add('attn_output.weight', c.hidden, q);
    add('ffn_norm.weight', 1, c.hidden);
    add('ffn_gate.weight', c.ffn, c.hidden);
    add('ffn_up.weight', c.ffn, c.hidden);
    add('ffn_down.weight', c.hidden, c.ffn);
  }
  need.set('output_norm.weight', [1, c.hidden]);
  if (!c.tiedHead) need.set('output.weight', [c.vocab, c.hidden]);
  return need;
}

/**
 * Every required tensor is there in its shape, and none that would change the arithmetic without being known.
 * Throws KvError('bad-file') for the first missing or misshapen one, 'unsupported-arch' for the first unknown one.
 */
export function checkTensors(config: ModelConfig, tensors: Map<string, TensorInfo>): void {
  if (config.layers > tensors.size)
    throw damaged(`It claims ${config.layers} layers but holds ${tensors.size} tensors.`);
  const need = requiredTensors(config);
  if (tensors.has('rope_freqs.weight')) need.set('rope_freqs.weight', [1, config.headDim / 2]);
  for (const [name, [rows, cols]] of need) {
    const tensor = tensors.get(name);
    if (!tensor) throw damaged(`The tensor "${name}" is missing.`);
    if (tensor.rows !== rows || tensor.cols !== cols) {
      throw damaged(`The tensor "${name}" is ${tensor.rows} x ${tensor.cols}; ${rows} x ${cols} was expected.`);
    }
  }
  for (const name of tensors.keys()) {
    if (need.has(name)) continue;
    throw new KvError(
      'unsupported-arch',
      `The model has a part that kvscope does not compute: "${name.slice(0, 80)}".`,
      `A plain ${config.arch} model has no such tensor.`,
      'Choose another model.',
    );
  }
}

function damaged(why: string): KvError {
  return new KvError('bad-file', 'The model file is incomplete.', why, 'Choose another copy of the model.');
}
