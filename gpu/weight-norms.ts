import { dequantize } from './load/quant/dequantize';
import type { ModelFile } from './load/types';
import { frobenius, spectral } from './measure/norm';

export type NormKind = 'frobenius' | 'spectral';

/** Norms of W_K and W_V by layer, of the weights as the file has them: where those are quantized, of what they stand for. */
export interface KeyValueNorms {
  k: number[];
  v: number[];
}

/** Reads and measures a model's key and value projections when they are first asked for, and keeps the result. */
export function normsOf(file: ModelFile): (kind: NormKind) => Promise<KeyValueNorms> {
  const made = new Map<NormKind, Promise<KeyValueNorms>>();
  const measure = async (kind: NormKind): Promise<KeyValueNorms> => {
    const out: KeyValueNorms = { k: [], v: [] };
    for (let l = 0; l < file.config.layers; l++)
      for (const side of ['k', 'v'] as const) out[side].push(await normOf(file, `blk.${l}.attn_${side}.weight`, kind));
    return out;
  };
  return (kind) => {
    const found = made.get(kind) ?? measure(kind);
    made.set(kind, found);
    found.catch(() => made.delete(kind));
    return found;
  };
}

async function normOf(file: ModelFile, name: string, kind: NormKind): Promise<number> {
  const tensor = file.tensors.get(name);
  if (!tensor) return 0;
  const bytes = await file.source.read(tensor.offset, tensor.bytes);
  const values = dequantize(tensor.type, bytes, tensor.rows, tensor.cols);
  return kind === 'frobenius' ? frobenius(values) : spectral(values, tensor.rows, tensor.cols);
}
