import type { CacheWish, Check, Engine, Offer } from './engine';
import { isPlain, noSystem, pairText } from './engine';

/** Types of -ctk and -ctv by width, nearest in layout to plain rounding with scale and minimum. */
const TYPES: Record<number, string> = { 16: 'f16', 8: 'q8_0', 5: 'q5_1', 4: 'q4_1' };

const words = ({ options }: CacheWish): [string, string] => [String(options.k ?? 'q8_0'), String(options.v ?? 'q8_0')];

function typesOf(wish: CacheWish): [string, string] | null {
  if (wish.system === 'llamacpp') return words(wish);
  const [k, v] = [TYPES[wish.k], TYPES[wish.v]];
  return isPlain(wish) && k && v ? [k, v] : null;
}

const flagsOf = (k: string, v: string): string => `-fa on -ctk ${k} -ctv ${v}`;

/** KL of a cache against FP16 on a text, for any model that llama.cpp reads. */
export const llamaCppCheck = (flags: string): Check => ({
  lines: [
    'llama-perplexity -m MODEL.gguf -f TEXT.txt -c 2048 -fa on --kl-divergence-base fp16.kld',
    `llama-perplexity -m MODEL.gguf -f TEXT.txt -c 2048 ${flags} --kl-divergence-base fp16.kld --kl-divergence`,
  ],
  note: 'The first line writes the logits with an FP16 cache, the second one prints the table whose names this page uses.',
});

const engine: Engine = {
  id: 'llama-cpp',
  title: 'llama.cpp',
  source: 'https://github.com/ggml-org/llama.cpp/blob/master/common/arg.cpp',
  version: 'master, commit 145b628',
  checked: '2026-11-28',
  offer(wish) {
    const types = typesOf(wish);
    if (!types) {
      if (!isPlain(wish)) return noSystem(wish);
      return `No cache type for ${pairText(wish)}: llama.cpp has f16, q8_0, q5_1, q5_0, q4_1, q4_0 and iq4_nl.`;
    }
    const [k, v] = types;
    const isSame = wish.system === 'llamacpp';
    const notes = [
      isSame
        ? ''
        : 'q4_1 and q5_1 have the layout of plain rounding in groups of 32, q8_0 has no minimum (8.5 bits, not 9). ' +
          'Rows are rotated first where 64 divides the head size; LLAMA_ATTN_ROT_DISABLE=1 turns that off.',
      v === 'f16' ? '' : 'Quantized values need flash attention.',
      k === v ? '' : 'On CUDA a pair of two types needs a build with GGML_CUDA_FA_ALL_QUANTS.',
    ];
    const flags = flagsOf(k, v);
    const before = wish.options.rotation === 'off' ? 'LLAMA_ATTN_ROT_DISABLE=1 ' : '';
    const lines = [`${before}llama-server -m MODEL.gguf ${flags}`];
    return { lines, fit: isSame ? 'same' : 'near', note: notes.filter(Boolean).join(' '), flags };
  },
  verify: (offer: Offer) => llamaCppCheck(offer.flags),
};

export default engine;
