import { KvError } from '../errors';
import { renderChat } from './chat';
import type { Encode } from './encoder';
import { buildEncoder } from './encoder';
import type { Metadata } from './metadata';
import { flag, has, text, whole } from './metadata';
import { preTokenizer } from './pretokenizers';
import { labelOf, textStream } from './token-text';
import type { Tokenizer } from './types';
import type { Vocabulary } from './vocabulary';
import { readVocabulary } from './vocabulary';

/** Control tokens that end a turn in the families kvscope runs, by spelling. */
const TURN_ENDS = ['<|im_end|>', '<|endoftext|>', '<|eot_id|>', '<|eom_id|>', '<|end_of_text|>', '<|end|>', '</s>'];

/**
 * The tokenizer a GGUF file describes. Throws KvError('unsupported-tokenizer') naming an unknown kind or pre-tokenizer,
 * 'bad-file' for missing or misshapen tables. `addBos` defaults to the file's own flag; a begin token that the text already
 * starts with is not doubled. `decode` drops the space that SentencePiece puts before the first word; `stream` keeps it.
 */
export function openTokenizer(metadata: Metadata): Tokenizer {
  const vocabulary = readVocabulary(metadata);
  const pre = vocabulary.kind === 'bpe' ? preTokenizer(text(metadata, 'tokenizer.ggml.pre', '')) : null;
  const size = vocabulary.spellings.length;
  const bos = tokenId(metadata, 'bos_token_id', size);
  const eos = tokenId(metadata, 'eos_token_id', size);
  const bosByDefault = flag(metadata, 'tokenizer.ggml.add_bos_token', pre ? (pre.addBos ?? false) : true);
  const template = text(metadata, 'tokenizer.chat_template', '');
  const spaced = vocabulary.kind === 'spm' && flag(metadata, 'tokenizer.ggml.add_space_prefix', true);
  const encode = buildEncoder(metadata, vocabulary, pre);
  return {
    encode(input, { addBos = bosByDefault, special = true } = {}) {
      const ids = encodeAll(encode, input, special);
      if (addBos && bos !== null && ids[0] !== bos) ids.unshift(bos);
      return ids;
    },
    decode(ids) {
      const out = decodeBytes(vocabulary, ids);
      return spaced && out.startsWith(' ') ? out.slice(1) : out;
    },
    label: (id) => labelOf(vocabulary, id),
    stream: () => textStream(vocabulary),
    bos,
    eos,
    stops: stopsOf(metadata, vocabulary, eos),
    hasChat: template !== '',
    chat(messages) {
      if (template === '') {
        throw new KvError('bad-prompt', 'This model has no chat template.', '', 'Write the prompt as plain text.');
      }
      const spelling = (id: number | null) => (id === null ? '' : vocabulary.spellings[id]);
      return renderChat(template, messages, { bos: spelling(bos), eos: spelling(eos) });
    },
  };
}

function encodeAll(encode: Encode, input: string, special: boolean): number[] {
  if (input === '') return [];
  const ids = encode(input, special);
  if (ids.every((id) => Number.isInteger(id))) return ids;
  throw new KvError(
    'bad-prompt',
    'Part of the text has no token in this model.',
    "The file's vocabulary lacks single bytes and an unknown token.",
    'Use other characters, or another model.',
  );
}

function decodeBytes(vocabulary: Vocabulary, ids: number[]): string {
  const stream = textStream(vocabulary);
  let out = '';
  for (const id of ids) out += stream.push(id);
  return out + stream.flush();
}

function stopsOf(metadata: Metadata, vocabulary: Vocabulary, eos: number | null): number[] {
  const size = vocabulary.spellings.length;
  const named = ['eot_token_id', 'eom_token_id'].map((key) => tokenId(metadata, key, size));
  const spelled = TURN_ENDS.map((spelling) => vocabulary.spellings.indexOf(spelling)).filter((id) =>
    vocabulary.isControl(id),
  );
  const all = [eos, ...named, ...spelled].filter((id): id is number => id !== null);
  return [...new Set(all)].sort((a, b) => a - b);
}

/** An id of `tokenizer.ggml.<key>`; null when absent or outside the vocabulary (some converters write 2^32 - 1 for "none"). */
function tokenId(metadata: Metadata, key: string, size: number): number | null {
  const full = `tokenizer.ggml.${key}`;
  if (!has(metadata, full)) return null;
  const id = whole(metadata, full, -1);
  return id >= 0 && id < size ? id : null;
}
