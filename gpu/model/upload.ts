import type { Buffers } from '../buffers';
import { KvError } from '../errors';
import type { PackedFormat } from '../load/pack';
import { formatOf, packRows, rowWords } from '../load/pack';
import { dequantize } from '../load/quant/dequantize';
import { readTensorRows } from '../load/stream';
import type { ModelFile, TensorInfo } from '../load/types';
import type { Matrix, MatrixPart } from './matrix';

/** One tensor of a stack, with the row order that puts it into Hugging Face's channel order. */
export interface StackItem {
  tensor: TensorInfo;
  /** Source row of each destination row, within groups of `order.length` rows. */
  order?: Uint32Array;
}

/** Streams tensors from a model file into GPU buffers, counting the bytes read. */
export class Upload {
  private done = 0;

  constructor(
    private readonly file: ModelFile,
    private readonly buffers: Buffers,
    private readonly maxBinding: number,
    private readonly progress: (bytes: number) => void,
    private readonly signal?: AbortSignal,
  ) {}

  tensor(name: string): TensorInfo {
    return tensorOf(this.file, name);
  }

  has(name: string): boolean {
    return this.file.tensors.has(name);
  }

  /** Tensors one below the other as one matrix. `sameFormat`: widen to f16 when their types differ (fused gate and up). */
  async matrix(
    name: string,
    items: StackItem[],
    options: { sameFormat?: boolean; bias?: GPUBuffer } = {},
  ): Promise<Matrix> {
    const { cols } = items[0].tensor;
    const force = widened(items, options.sameFormat);
    const rows = items.reduce((n, { tensor }) => n + tensor.rows, 0);
    const parts: MatrixPart[] = [];
    let row0 = 0;
    for (const { tensor } of items) {
      this.plan(formatOf(tensor.type, force), cols, row0, tensor.rows, parts);
      row0 += tensor.rows;
    }
    row0 = 0;
    for (const item of items) {
      await this.fill(item, parts, row0, force);
      row0 += item.tensor.rows;
    }
    return { name, rows, cols, parts, bias: options.bias ?? null };
  }

  /** Vectors one behind the other, widened to f32. */
  async vector(label: string, items: StackItem[]): Promise<GPUBuffer> {
    const length = items.reduce((n, { tensor }) => n + tensor.rows * tensor.cols, 0);
    const out = new Float32Array(length);
    let at = 0;
    for (const { tensor, order } of items) {
      const count = tensor.rows * tensor.cols;
      const bytes = await this.file.source.read(tensor.offset, tensor.bytes, this.signal);
      const values = dequantize(tensor.type, bytes, 1, count);
      for (let i = 0; i < count; i++) out[at + i] = values[order ? order[i] : i];
      at += count;
      this.count(tensor.bytes);
    }
    const buffer = this.buffers.storage(label, length, 'weights');
    this.buffers.device.queue.writeBuffer(buffer, 0, out);
    return buffer;
  }

  private count(bytes: number): void {
    this.done += bytes;
    this.progress(this.done);
  }

  /** Makes parts for `rows` more rows, joining the last part when it has the same format and room. */
  private plan(packed: PackedFormat, cols: number, row0: number, rows: number, parts: MatrixPart[]): void {
    const words = rowWords(packed, cols);
    const most = Math.floor(this.maxBinding / (Math.max(words.codes, words.meta) * 4));
    for (let done = 0; done < rows; ) {
      const last = parts.at(-1);
      const f32Meta = packed.metaWords === 2;
      const room = last && last.format === packed.format && last.f32Meta === f32Meta ? most - last.rows : 0;
      const size = Math.min(rows - done, room > 0 ? room : most);
      if (last && room > 0) last.rows += size;
      else
        parts.push({
          format: packed.format,
          f32Meta,
          codes: null as unknown as GPUBuffer,
          scales: null,
          row0: row0 + done,
          rows: size,
        });
      done += size;
    }
  }

  private allocate(part: MatrixPart, cols: number, name: string): void {
    if (part.codes) return;
    const words = rowWords({ format: part.format, metaWords: part.f32Meta ? 2 : 1 } as PackedFormat, cols);
    part.codes = this.buffers.storage(`${name}.codes`, part.rows * words.codes, 'weights');
    if (part.format !== 'f16') part.scales = this.buffers.storage(`${name}.scales`, part.rows * words.meta, 'weights');
  }

  private async fill(item: StackItem, parts: MatrixPart[], row0: number, force?: 'f16'): Promise<void> {
    const { tensor, order } = item;
    const words = rowWords(formatOf(tensor.type, force), tensor.cols);
    const { queue } = this.buffers.device;
    const options = { rowMultiple: order?.length ?? 1, signal: this.signal };
    await readTensorRows(this.file, tensor, options, (bytes, from, rows) => {
      const packed = packRows(tensor.type, bytes, rows, tensor.cols, { order: repeat(order, rows), force });
      for (const part of parts) {
        const first = Math.max(row0 + from, part.row0);
        const end = Math.min(row0 + from + rows, part.row0 + part.rows);
        if (first >= end) continue;
        this.allocate(part, tensor.cols, tensor.name);
        const skip = first - row0 - from;
        const at = first - part.row0;
        const write = (buffer: GPUBuffer, data: Uint32Array, perRow: number) =>
          queue.writeBuffer(
            buffer,
            at * perRow * 4,
            data as Uint32Array<ArrayBuffer>,
            skip * perRow,
            (end - first) * perRow,
          );
        write(part.codes, packed.codes, words.codes);
        if (part.scales) write(part.scales, packed.meta, words.meta);
      }
      this.count(bytes.length);
    });
  }
}

/** Errors: bad-file when the file has no such tensor. */
export function tensorOf(file: ModelFile, name: string): TensorInfo {
  const tensor = file.tensors.get(name);
  if (!tensor) throw new KvError('bad-file', `The tensor ${name} is missing.`, '', 'Use a complete GGUF file.');
  return tensor;
}

/** `f16` when tensors that must have one format have several. */
export function widened(items: StackItem[], sameFormat = false): 'f16' | undefined {
  const kinds = new Set(items.map(({ tensor }) => JSON.stringify(formatOf(tensor.type))));
  return sameFormat && kinds.size > 1 ? 'f16' : undefined;
}

/** The order of one group of rows, repeated over `rows` rows. */
function repeat(order: Uint32Array | undefined, rows: number): Uint32Array | undefined {
  if (!order || order.length === rows) return order;
  return Uint32Array.from({ length: rows }, (_, i) => i - (i % order.length) + order[i % order.length]);
}
