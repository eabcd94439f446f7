import type { CacheConfig } from '../../kv/config';
import type { Check, Engine, Offer } from './engine';
import { wishOf } from './engine';
import exllama from './exllama';
import llamaCpp from './llama-cpp';
import lmdeploy from './lmdeploy';
import mlx from './mlx';
import ollama from './ollama';
import tensorrt from './tensorrt-llm';
import transformers from './transformers';
import vllm from './vllm';

/** Engines that people run models with, those with widths for both sides first. */
export const ENGINES: readonly Engine[] = [llamaCpp, exllama, vllm, lmdeploy, transformers, ollama, mlx, tensorrt];

export interface EngineAnswer {
  engine: Engine;
  offer: Offer | null;
  /** Why there is no offer. */
  why: string;
  check: Check | null;
  whyNoCheck: string;
}

/** What every engine offers for this cache. */
export function answersFor(config: CacheConfig): EngineAnswer[] {
  const wish = wishOf(config);
  return ENGINES.map((engine) => {
    const offer = engine.offer(wish);
    if (typeof offer === 'string') return { engine, offer: null, why: offer, check: null, whyNoCheck: '' };
    const check = engine.verify(offer);
    return typeof check === 'string'
      ? { engine, offer, why: '', check: null, whyNoCheck: check }
      : { engine, offer, why: '', check, whyNoCheck: '' };
  });
}
