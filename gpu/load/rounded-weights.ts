import { f16FromNumber } from './f16';
import { rowBytes } from './quant/blocks';
import { dequantize } from './quant/dequantize';
import type { ModelFile, Source, TensorInfo } from './types';

/** Input channels of one row that share a scale and a minimum, as GPTQ files usually have them. */
const GROUP = 128;
/** The matrices of attention and feed-forward; embedding, head and norms stay as they are. */
const LINEAR = /^blk\.\d+\.(attn_(q|k|v|output)|ffn_(gate|up|down))\.weight$/;

/**
 * The same model with its linear weights rounded to nearest, asymmetric over groups of 128 input channels of a row, and stored as
 * f16: what plain rounding does to weights, a stand-in for methods that also correct the error they make (GPTQ). Weights that the
 * file has at few bits already are rounded a second time. Nothing is copied: rows are rounded when they are read.
 */
export function roundedFile(file: ModelFile, bits: number): ModelFile {
  const tensors = new Map(file.tensors);
  const rounded: { at: TensorInfo; from: TensorInfo }[] = [];
  let end = file.source.size;
  for (const [name, from] of file.tensors) {
    if (!LINEAR.test(name)) continue;
    const at: TensorInfo = { ...from, type: 'F16', offset: end, bytes: from.rows * from.cols * 2 };
    end += at.bytes;
    rounded.push({ at, from });
    tensors.set(name, at);
  }
  const { source } = file;
  const read: Source['read'] = async (offset, length, signal) => {
    const found = rounded.find(({ at }) => offset >= at.offset && offset < at.offset + at.bytes);
    if (!found) return source.read(offset, length, signal);
    const { at, from } = found;
    const stride = rowBytes(from.type, from.cols);
    const row0 = (offset - at.offset) / (at.cols * 2);
    const rows = length / (at.cols * 2);
    const bytes = await source.read(from.offset + row0 * stride, rows * stride, signal);
    return packed(roundRows(dequantize(from.type, bytes, rows, from.cols), from.cols, bits));
  };
  return { ...file, tensors, source: { ...source, name: source.name, size: end, read } };
}

/** Rounds rows of `cols` values in place, each group to 2^bits levels between its least and its largest value. */
export function roundRows(values: Float32Array, cols: number, bits: number): Float32Array {
  const levels = 2 ** bits - 1;
  for (let row = 0; row < values.length; row += cols) {
    for (let start = row; start < row + cols; start += GROUP) {
      const end = Math.min(start + GROUP, row + cols);
      let least = Infinity;
      let most = -Infinity;
      for (let i = start; i < end; i++) {
        least = Math.min(least, values[i]);
        most = Math.max(most, values[i]);
      }
      const scale = (most - least) / levels;
      if (scale === 0) continue;
      for (let i = start; i < end; i++) values[i] = least + scale * Math.round((values[i] - least) / scale);
    }
  }
  return values;
}

function packed(values: Float32Array): Uint8Array {
  const out = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = f16FromNumber(values[i]);
  return new Uint8Array(out.buffer);
}
