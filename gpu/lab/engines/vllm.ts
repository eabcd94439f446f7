import type { CacheWish, Engine } from './engine';
import { isPlain, noSystem, pairText } from './engine';

/** --kv-cache-dtype by what runs here. */
const PLAIN: Record<string, [dtype: string, note: string]> = {
  '16/16': ['auto', ''],
  '8/8': [
    'int8_per_token_head',
    'One scale per token and head instead of groups of 32. fp8 is the older choice at the same size.',
  ],
  '4/4': ['int4_per_token_head', 'One scale per token and head instead of groups of 32.'],
  '8/4': ['turboquant_k8v4', 'Keys as FP8, values as 4-bit integers.'],
};
const TURBOQUANT: Record<string, string> = {
  'vllm-k8v4': 'turboquant_k8v4',
  'vllm-4bit_nc': 'turboquant_4bit_nc',
  'vllm-k3v4_nc': 'turboquant_k3v4_nc',
  'vllm-3bit_nc': 'turboquant_3bit_nc',
};

function dtypeOf(wish: CacheWish): [dtype: string, fit: 'same' | 'near', note: string] | null {
  if (isPlain(wish)) {
    const found = PLAIN[`${wish.k}/${wish.v}`];
    return found ? [found[0], 'near', found[1]] : null;
  }
  const preset = TURBOQUANT[String(wish.options.preset ?? '')];
  if (wish.system === 'turboquant' && preset) return [preset, 'same', 'The first and last two layers stay exact.'];
  if (wish.system === 'nvfp4') return ['nvfp4', 'near', 'Scales come from the checkpoint.'];
  if (wish.system === 'lmdeploy' && wish.options.policy === 16) return ['fp8_e4m3', 'near', 'One scale per tensor.'];
  if (wish.system === 'lmdeploy' && wish.options.policy === 17) return ['fp8_e5m2', 'near', ''];
  return null;
}

const engine: Engine = {
  id: 'vllm',
  title: 'vLLM',
  source: 'https://github.com/vllm-project/vllm/blob/main/vllm/config/cache.py',
  version: 'main, commit 002f10e',
  checked: '2026-11-28',
  offer(wish) {
    const found = dtypeOf(wish);
    if (!found) return isPlain(wish) ? `No cache type for ${pairText(wish)}.` : noSystem(wish);
    const [dtype, fit, note] = found;
    const flags = `--kv-cache-dtype ${dtype}`;
    return {
      lines: [`vllm serve MODEL ${flags}`],
      fit,
      note: `${note} Which GPUs have a kernel for it differs.`.trim(),
      flags,
    };
  },
  verify: () => 'vLLM has no tool for KL. Its servers return log-probabilities of prompt tokens, the best few only.',
};

export default engine;
