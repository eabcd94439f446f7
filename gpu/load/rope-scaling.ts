import { KvError } from '../errors';
import type { Metadata } from './metadata';
import { has, positive, text } from './metadata';
import { dequantize } from './quant/dequantize';
import type { ModelFile } from './types';

/** Divisors of the D/2 rotary frequencies that metadata alone decides: null (none) or a constant (linear scaling). */
export function ropeFactors(metadata: Metadata, arch: string, headDim: number): Float32Array | null {
  const type = text(metadata, `${arch}.rope.scaling.type`, 'none');
  const old = `${arch}.rope.scale_linear`;
  if (type === 'linear' || (type === 'none' && has(metadata, old))) {
    const factor = has(metadata, `${arch}.rope.scaling.factor`)
      ? positive(metadata, `${arch}.rope.scaling.factor`)
      : positive(metadata, old, 1);
    return factor === 1 ? null : new Float32Array(headDim / 2).fill(factor);
  }
  if (type === 'none') return null;
  throw new KvError(
    'unsupported-arch',
    `RoPE scaling of the type "${type.slice(0, 40)}" is not supported.`,
    'kvscope runs none, linear, and the frequency table of Llama 3.',
    'Choose another model.',
  );
}

/**
 * Completes `file.config.ropeFactors` from the tensor rope_freqs.weight (Llama 3.1 and later), which lies in the data section.
 * Throws KvError('bad-file') when a factor is not a positive number.
 */
export async function readRopeFactors(file: ModelFile, signal?: AbortSignal): Promise<void> {
  const tensor = file.tensors.get('rope_freqs.weight');
  if (!tensor) return;
  const bytes = await file.source.read(tensor.offset, tensor.bytes, signal);
  const factors = dequantize(tensor.type, bytes, 1, tensor.cols);
  if (!factors.every((factor) => Number.isFinite(factor) && factor > 0)) {
    throw new KvError(
      'bad-file',
      'The table of rotary frequencies is damaged.',
      '"rope_freqs.weight" holds a factor that is not above 0.',
    );
  }
  const linear = file.config.ropeFactors;
  file.config.ropeFactors = linear ? factors.map((factor, i) => factor * linear[i]) : factors;
}
