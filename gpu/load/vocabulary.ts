import { KvError } from '../errors';
import { bytesOfSpelling } from './byte-chars';
import type { Metadata } from './metadata';
import { has, numbers, text, texts } from './metadata';

/** GGUF's `tokenizer.ggml.token_type`. */
const TYPE = { unknown: 2, control: 3, userDefined: 4, byte: 6 } as const;

/** The tokens of a model: spelling in the file, kind, and the bytes they stand for. */
export interface Vocabulary {
  /** 'bpe' = byte-level (GPT-2), 'spm' = SentencePiece with U+2581 for spaces. */
  kind: 'bpe' | 'spm';
  spellings: string[];
  /** Bytes of the text that token `id` stands for; empty for an id outside the vocabulary. */
  bytes(id: number): Uint8Array;
  /** Written literally in text and never produced by merging: control and user-defined tokens. */
  isAdded(id: number): boolean;
  isControl(id: number): boolean;
  isUnknown(id: number): boolean;
}

export function readVocabulary(metadata: Metadata): Vocabulary {
  const model = text(metadata, 'tokenizer.ggml.model');
  if (model !== 'gpt2' && model !== 'llama') {
    throw new KvError(
      'unsupported-tokenizer',
      `Tokenizers of the kind "${model.slice(0, 40)}" are not supported.`,
      'kvscope reads gpt2 (byte-level BPE) and llama (SentencePiece).',
      'Choose another model.',
    );
  }
  const kind = model === 'gpt2' ? 'bpe' : 'spm';
  const spellings = texts(metadata, 'tokenizer.ggml.tokens');
  const types = has(metadata, 'tokenizer.ggml.token_type')
    ? numbers(metadata, 'tokenizer.ggml.token_type', spellings.length)
    : [];
  const encoder = new TextEncoder();
  const known = new Map<number, Uint8Array>();
  const isAdded = (id: number) => types[id] === TYPE.control || types[id] === TYPE.userDefined;
  const spell = (id: number): Uint8Array => {
    const spelling = spellings[id];
    if (spelling === undefined) return new Uint8Array();
    if (isAdded(id)) return encoder.encode(spelling);
    if (kind === 'bpe') return bytesOfSpelling(spelling);
    const byte = types[id] === TYPE.byte ? /^<0x([0-9A-Fa-f]{2})>$/.exec(spelling) : null;
    return byte ? Uint8Array.of(Number.parseInt(byte[1], 16)) : encoder.encode(spelling.replaceAll('\u2581', ' '));
  };
  return {
    kind,
    spellings,
    bytes(id) {
      let bytes = known.get(id);
      if (!bytes) {
        bytes = spell(id);
        known.set(id, bytes);
      }
      return bytes;
    },
    isAdded,
    isControl: (id) => types[id] === TYPE.control,
    isUnknown: (id) => types[id] === TYPE.unknown,
  };
}
