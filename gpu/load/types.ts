import type { ModelConfig } from '../model/config';

/** Byte ranges of one file, wherever it lies. `read` rejects with KvError('bad-file') when the range is not there. */
export interface Source {
  readonly name: string;
  readonly size: number;
  /** The server's etag, where the file has one. */
  readonly version?: string;
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
}

export type TensorType = 'F32' | 'F16' | 'BF16' | 'Q8_0' | 'Q4_0' | 'Q4_1' | 'Q5_0' | 'Q5_1' | 'Q4_K' | 'Q5_K' | 'Q6_K';

/** One tensor: `rows` x `cols` (cols contiguous, cols a multiple of the block size); vectors have rows = 1. */
export interface TensorInfo {
  name: string;
  type: TensorType;
  rows: number;
  cols: number;
  /** Absolute position in the file and length, both checked against the file's size. */
  offset: number;
  bytes: number;
}

/** A checked GGUF header: everything but the tensor data. */
export interface ModelFile {
  source: Source;
  config: ModelConfig;
  tensors: Map<string, TensorInfo>;
  metadata: Record<string, unknown>;
}

/**
 * A matrix format the GPU reads. `q4`: 4-bit codes, 16 bytes of nibbles per 32 columns in ggml order (low nibbles = columns 0..15,
 * high = 16..31), value = scale * code + min. `q8`: 8-bit signed codes, value = scale * code. `f16`: packed pairs.
 */
export type GpuFormat = 'q4' | 'q8' | 'f16';

/**
 * Rows repacked for the GPU. Per row and 32 columns:
 * q4: codes 4 words, meta 2 words (f32 scale, f32 min) or 1 word (f16 scale low, f16 min high) as `metaWords` says;
 * q8: codes 8 words per block, meta: f16 scales packed two to a word along the row, ceil(blocks / 2) words per row;
 * f16: codes 16 words (column 2i low, 2i+1 high), no meta.
 */
export interface PackedRows {
  codes: Uint32Array;
  meta: Uint32Array;
}

export interface Tokenizer {
  /** Token ids of plain text; special tokens written in the text are recognised when `special` is true (default). */
  encode(text: string, options?: { addBos?: boolean; special?: boolean }): number[];
  decode(ids: number[]): string;
  /** Printable form of one token for charts: leading space as a middle dot, control and partial UTF-8 bytes escaped. */
  label(id: number): string;
  /** Text of a growing id list without re-decoding it; holds back while the tail is an incomplete UTF-8 sequence. */
  stream(): { push(id: number): string; flush(): string };
  readonly bos: number | null;
  readonly eos: number | null;
  /** Ids that end a turn (eos, eot, im_end ...). */
  readonly stops: number[];
  readonly hasChat: boolean;
  /** Wraps a user message in the model's own chat template with a generation prompt. */
  chat(messages: { role: string; content: string }[]): string;
}
