import { KvError } from '../errors';

/** How text is cut before BPE, by GGUF's `tokenizer.ggml.pre`. Each pattern cuts what the ones before it left whole. */
export interface PreTokenizer {
  patterns: string[];
  /** Unicode normalization before cutting. */
  nfc?: boolean;
  /** A piece that is a token as a whole is not merged from parts. */
  ignoreMerges?: boolean;
  /** Begin-of-text is added unless the file says otherwise. */
  addBos?: boolean;
}

const GPT2 = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)`;

/** The cl100k family: one optional leading mark joins a word; line breaks close a run of marks. */
const cl100k = (digits: string) =>
  String.raw`(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|${digits}` +
  String.raw`| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;

const oneDigit: PreTokenizer = { patterns: [String.raw`\p{N}`, GPT2] };
/**
 * Digits are cut out of GPT-2's words, as the golden token ids have it. llama.cpp and the hub's library cut them out first; the two
 * differ only in several spaces before a digit ("1,  4").
 */
const smollm: PreTokenizer = { patterns: [GPT2, String.raw`\p{N}`] };
const llama3: PreTokenizer = { patterns: [cl100k(String.raw`\p{N}{1,3}`)], ignoreMerges: true, addBos: true };
const qwen2: PreTokenizer = { patterns: [cl100k(String.raw`\p{N}`)], nfc: true };

/** Patterns as in llama.cpp's llama-vocab.cpp. */
const TABLE: Record<string, PreTokenizer> = {
  'gpt-2': { patterns: [GPT2] },
  default: { patterns: [String.raw`[\p{P}\$\+<=>\^~\|]+`, GPT2, String.raw`\p{N}+`, '[0-9][0-9][0-9]'] },
  smollm,
  starcoder: oneDigit,
  refact: oneDigit,
  'llama-bpe': llama3,
  llama3,
  'llama-v3': llama3,
  qwen2,
  'deepseek-r1-qwen': qwen2,
};

/** Throws KvError('unsupported-tokenizer') for a name that is not in the table: a guess would give wrong tokens silently. */
export function preTokenizer(pre: string): PreTokenizer {
  if (Object.hasOwn(TABLE, pre)) return TABLE[pre];
  throw new KvError(
    'unsupported-tokenizer',
    pre ? `The tokenizer "${pre.slice(0, 40)}" is not supported.` : 'The file does not name its pre-tokenizer.',
    `Known: ${Object.keys(TABLE).join(', ')}. Another one would cut text differently and give wrong tokens.`,
    'Choose another model, or a newer conversion of this one.',
  );
}
