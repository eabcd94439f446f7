import { GGMLQuantizationType } from '@huggingface/gguf';
import type { TensorType } from '../types';

/** Storage of each tensor type: `size` values in `bytes` bytes (ggml's `block_*` structs). */
export const BLOCKS: Record<TensorType, { size: number; bytes: number }> = {
  F32: { size: 1, bytes: 4 },
  F16: { size: 1, bytes: 2 },
  BF16: { size: 1, bytes: 2 },
  Q8_0: { size: 32, bytes: 34 },
  Q4_0: { size: 32, bytes: 18 },
  Q4_1: { size: 32, bytes: 20 },
  Q5_0: { size: 32, bytes: 22 },
  Q5_1: { size: 32, bytes: 24 },
  Q4_K: { size: 256, bytes: 144 },
  Q5_K: { size: 256, bytes: 176 },
  Q6_K: { size: 256, bytes: 210 },
};

export const TENSOR_TYPES = Object.keys(BLOCKS) as TensorType[];

/** Bytes of one row of `cols` values; `cols` must be a multiple of the block size. */
export function rowBytes(type: TensorType, cols: number): number {
  const { size, bytes } = BLOCKS[type];
  return (cols / size) * bytes;
}

/** Name of a ggml type number, e.g. 3 -> 'Q4_1'; unknown numbers read 'type 99'. */
export function typeName(ggml: number): string {
  return GGMLQuantizationType[ggml] ?? `type ${ggml}`;
}

export function isTensorType(name: string): name is TensorType {
  return Object.hasOwn(BLOCKS, name);
}
