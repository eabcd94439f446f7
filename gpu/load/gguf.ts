import { gguf } from '@huggingface/gguf';
import { KvError } from '../errors';
import { readConfig } from './architecture';
import { throwIfCancelled } from './cancel';
import type { Metadata } from './metadata';
import { has } from './metadata';
import { readRopeFactors } from './rope-scaling';
import { tensorTable } from './tensor-table';
import type { ModelFile, Source } from './types';

const AGAIN = 'Get the file again, or choose another model.';

/**
 * Reads and checks a GGUF header (versions 2 and 3, little-endian). Everything the engine later trusts is compared with the file:
 * counts, names, shapes, types, offsets, lengths. Throws KvError('bad-file' | 'unsupported-arch' | 'unsupported-type').
 */
export async function openGguf(source: Source, signal?: AbortSignal): Promise<ModelFile> {
  await checkStart(source, signal);
  const header = await parse(source, signal);
  const metadata = header.metadata as unknown as Metadata;
  if (header.tensorInfoByteRange[1] > source.size) throw cutShort(source);
  if (has(metadata, 'split.count') && Number(metadata['split.count']) > 1) {
    throw new KvError(
      'bad-file',
      `${source.name} is one part of ${metadata['split.count']}.`,
      'kvscope reads single files.',
      'Merge the parts with llama-gguf-split --merge, or choose a model in one file.',
    );
  }
  const tensors = tensorTable(header.tensorInfos, Number(header.tensorDataOffset), metadata, source);
  const file: ModelFile = { source, config: readConfig(metadata, tensors), tensors, metadata };
  await readRopeFactors(file, signal);
  return file;
}

/** Most entries either list may have; the largest public models have a few thousand. */
const MOST = 65536n;

/** Magic, version and the two counts, before a parser believes them. */
async function checkStart(source: Source, signal?: AbortSignal): Promise<void> {
  if (source.size < 24) throw cutShort(source);
  const bytes = await source.read(0, 24, signal);
  const view = new DataView(bytes.buffer, bytes.byteOffset, 24);
  const refuse = (why: string) => new KvError('bad-file', `${source.name} is not a readable GGUF file.`, why, AGAIN);
  if (view.getUint32(0, true) !== 0x46554747) throw refuse('It does not begin with "GGUF".');
  const version = view.getUint32(4, true);
  if (version !== 2 && version !== 3) {
    throw refuse(version & 0xffff ? `It is version ${version}; 2 and 3 are read.` : 'It is big-endian.');
  }
  const [tensors, entries] = [view.getBigUint64(8, true), view.getBigUint64(16, true)];
  if (tensors > MOST || entries > MOST) throw refuse(`It claims ${tensors} tensors and ${entries} metadata entries.`);
}

/**
 * The library asks for 2 MB steps by Range; `fetch` is answered from the source. It pads the last step with zeros and would read
 * them as data, so a step past the end of the file is refused here, and the header's end is checked by the caller.
 */
async function parse(source: Source, signal?: AbortSignal) {
  let refused: unknown;
  const serve = async (_url: unknown, init?: RequestInit): Promise<Response> => {
    try {
      throwIfCancelled(signal);
      const range = /^bytes=(\d+)-(\d+)$/.exec(new Headers(init?.headers).get('range') ?? '');
      const from = Number(range?.[1] ?? 0);
      const length = Math.min(Number(range?.[2] ?? 0) + 1, source.size) - from;
      if (length <= 0) throw cutShort(source);
      const bytes = await source.read(from, length, signal);
      return new Response(bytes as Uint8Array<ArrayBuffer>, {
        status: 206,
        headers: { 'content-range': `bytes ${from}-${from + length - 1}/${source.size}` },
      });
    } catch (error) {
      refused = error;
      throw error;
    }
  };
  try {
    return await gguf('https://source.invalid/model.gguf', { fetch: serve as typeof fetch });
  } catch (error) {
    if (refused) throw refused;
    const why = error instanceof RangeError ? 'A length inside points past the end.' : String((error as Error).message);
    throw new KvError('bad-file', `${source.name} is not a readable GGUF file.`, why, AGAIN);
  }
}

function cutShort(source: Source): KvError {
  return new KvError(
    'bad-file',
    `${source.name} ends inside its own header.`,
    `It has only ${source.size} bytes.`,
    AGAIN,
  );
}
