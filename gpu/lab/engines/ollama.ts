import type { CacheWish, Engine } from './engine';
import { isPlain, noSystem, pairText } from './engine';
import { llamaCppCheck } from './llama-cpp';

const TYPES = ['f16', 'q8_0', 'q4_0'];
const BY_WIDTH: Record<number, string> = { 16: 'f16', 8: 'q8_0', 4: 'q4_0' };

function typeOf(wish: CacheWish): string | null {
  if (wish.system === 'llamacpp') {
    const [k, v] = [wish.options.k ?? 'q8_0', wish.options.v ?? 'q8_0'];
    return k === v && TYPES.includes(String(k)) ? String(k) : null;
  }
  return isPlain(wish) && wish.k === wish.v ? (BY_WIDTH[wish.k] ?? null) : null;
}

const engine: Engine = {
  id: 'ollama',
  title: 'ollama',
  source: 'https://github.com/ollama/ollama/blob/main/docs/faq.mdx',
  version: 'main, commit 00182b5',
  checked: '2026-11-28',
  offer(wish) {
    const type = typeOf(wish);
    if (!type) {
      if (!isPlain(wish) && wish.system !== 'llamacpp') return noSystem(wish);
      return `One type for keys and values alike, f16, q8_0 or q4_0: ${pairText(wish)} is not among them.`;
    }
    return {
      lines: [`OLLAMA_FLASH_ATTENTION=1 OLLAMA_KV_CACHE_TYPE=${type} ollama serve`],
      fit: wish.system === 'llamacpp' ? 'same' : 'near',
      note: 'It holds for every model of the server. Without flash attention the setting does nothing.',
      flags: `-fa on -ctk ${type} -ctv ${type}`,
    };
  },
  verify: ({ flags }) => ({
    ...llamaCppCheck(flags),
    note: 'ollama has no such tool: measure the same GGUF file with llama.cpp.',
  }),
};

export default engine;
