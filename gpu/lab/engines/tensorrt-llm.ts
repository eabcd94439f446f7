import type { CacheWish, Engine } from './engine';
import { isPlain, noSystem, pairText } from './engine';

function dtypeOf(wish: CacheWish): 'fp8' | 'nvfp4' | null {
  if (wish.system === 'nvfp4') return 'nvfp4';
  if (wish.system === 'lmdeploy' && wish.options.policy === 16) return 'fp8';
  if (!isPlain(wish) || wish.k !== wish.v) return null;
  return wish.k === 8 ? 'fp8' : wish.k === 4 ? 'nvfp4' : null;
}

const NOTES = {
  fp8: 'FP8 E4M3 with one scale per tensor; Ada, Hopper, Blackwell.',
  nvfp4: '4-bit floats in blocks of 16. Needs a checkpoint that ModelOpt has quantized beforehand, and Blackwell.',
};

const engine: Engine = {
  id: 'tensorrt-llm',
  title: 'TensorRT-LLM',
  source: 'https://nvidia.github.io/TensorRT-LLM/1.4.0rc4/features/quantization.html',
  version: '1.4.0rc4',
  checked: '2026-11-28',
  offer(wish) {
    const dtype = dtypeOf(wish);
    if (!dtype)
      return isPlain(wish) ? `FP8 or NVFP4 for both sides: ${pairText(wish)} is not among them.` : noSystem(wish);
    return {
      lines: [
        'from tensorrt_llm import LLM',
        'from tensorrt_llm.llmapi import KvCacheConfig',
        `llm = LLM(model="MODEL", kv_cache_config=KvCacheConfig(dtype="${dtype}"))`,
      ],
      fit: 'near',
      note: NOTES[dtype],
      flags: '',
    };
  },
  verify: () => 'TensorRT-LLM has no tool for KL.',
};

export default engine;
