import { KvError } from '../../gpu/errors';
import { openGguf } from '../../gpu/load/gguf';
import { modelName } from '../../gpu/load/model-name';
import { openTokenizer } from '../../gpu/load/tokenizer';
import type { ModelFile, Tokenizer } from '../../gpu/load/types';
import type { ModelSummary } from '../../gpu/run-types';
import type { ModelRef, Progress } from '../protocol';
import { findModel } from './find-model';
import type { KeepIo } from './keep-model';
import { keepModel } from './keep-model';

/** A model whose bytes are at hand, not yet on the GPU; enough to put it there, again after a lost device. */
export interface Model {
  file: ModelFile;
  tokenizer: Tokenizer;
  sha256: string;
  kept: boolean;
  keptWhy: string;
}

export interface FetchIo extends Pick<KeepIo, 'store' | 'refused' | 'signal'> {
  progress: (at: Progress) => void;
  /** Largest file that is taken, where there is a limit. */
  most?: number;
}

/** Header and tokenizer first, so that a model that cannot run is refused before it is downloaded; then the whole file. */
export async function fetchModel(ref: ModelRef, io: FetchIo): Promise<Model> {
  const { signal } = io;
  const found = await findModel(ref, io.store, signal);
  const { size } = found.source;
  if (io.most !== undefined && size > io.most) throw tooLarge(size, io.most);
  io.progress({ phase: 'header', done: 0, total: size });
  const file = await openGguf(found.source, signal);
  const tokenizer = openTokenizer(file.metadata);
  const progress = (done: number, total: number) => io.progress({ phase: 'download', done, total });
  const { source, sha256, kept, why } = await keepModel(found, { ...io, progress });
  return { file: { ...file, source }, tokenizer, sha256, kept, keptWhy: why };
}

export const tooLarge = (size: number, most: number): KvError =>
  new KvError(
    'limit',
    `This file is too large for the reference engine on the CPU.`,
    `It has ${Math.round(size / 1e6)} MB; up to ${Math.round(most / 1e6)} MB run there in bearable time.`,
    'Load a smaller model, or use a browser with WebGPU.',
  );

export function summaryOf(model: Model, weightBytes: number, loadMs: number): ModelSummary {
  const { config, source } = model.file;
  const { arch, layers, heads, kvHeads, headDim, hidden, ffn, vocab, context, qkvBias, qkNorm } = config;
  return {
    ...{
      name: modelName(source),
      arch,
      layers,
      heads,
      kvHeads,
      headDim,
      hidden,
      ffn,
      vocab,
      context,
      qkvBias,
      qkNorm,
      weightBytes,
      loadMs,
    },
    sha256: model.sha256,
    fileBytes: source.size,
    hasChat: model.tokenizer.hasChat,
  };
}
