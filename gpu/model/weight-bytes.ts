import { formatOf, rowWords } from '../load/pack';
import type { ModelFile } from '../load/types';
import type { Matrix } from './matrix';
import { tensorOf, widened } from './upload';
import type { WeightReader } from './weights';
import { readAll } from './weights';

/** Bytes that the weights of a file take on the GPU, from its header alone. Errors: bad-file for a missing tensor. */
export async function weightBytes(file: ModelFile): Promise<number> {
  let words = 0;
  const count = (n: number) => {
    words += Math.max(4, n);
  };
  const reader: WeightReader = {
    tensor: (name) => tensorOf(file, name),
    async vector(_, items) {
      count(items.reduce((n, { tensor }) => n + tensor.rows * tensor.cols, 0));
      return null as unknown as GPUBuffer;
    },
    async matrix(name, items, options = {}): Promise<Matrix> {
      const force = widened(items, options.sameFormat);
      for (const { tensor } of items) {
        const row = rowWords(formatOf(tensor.type, force), tensor.cols);
        count(tensor.rows * row.codes);
        if (row.meta > 0) count(tensor.rows * row.meta);
      }
      return { name, rows: 0, cols: 0, parts: [], bias: null };
    },
  };
  await readAll(file.config, reader);
  return words * 4;
}

/** Types of the file that have no kernel of their own and run as FP16, with their bytes in the file and on the GPU. */
export function widenedTypes(file: ModelFile): { types: string[]; from: number; to: number } {
  const found = { types: new Set<string>(), from: 0, to: 0 };
  for (const { type, rows, cols, bytes } of file.tensors.values()) {
    if (rows === 1 || type === 'F16' || formatOf(type).format !== 'f16') continue;
    found.types.add(type);
    found.from += bytes;
    found.to += rows * cols * 2;
  }
  return { ...found, types: [...found.types] };
}
