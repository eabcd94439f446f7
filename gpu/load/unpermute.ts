/**
 * Row order that undoes what llama-arch GGUF files do to the q and k projections (llama.cpp `LlamaModel.permute`): the file keeps
 * rotary pairs as neighbours (2i, 2i + 1), Hugging Face and kvscope keep halves (i, i + D/2). Biases are permuted alike.
 * Returns source row per destination row, length heads * headDim.
 */
export function unpermute(heads: number, headDim: number): Uint32Array {
  const order = new Uint32Array(heads * headDim);
  const half = headDim / 2;
  for (let row = 0; row < order.length; row++) {
    const channel = row % headDim;
    order[row] = row - channel + (channel < half ? 2 * channel : 2 * (channel - half) + 1);
  }
  return order;
}
