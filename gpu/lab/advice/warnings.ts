import { percentile } from '../../measure/percentile';
import type { ModelTraits } from './traits';
import { sharesMany, weightCount } from './traits';

/** Something that users of other models of this kind have run into. */
export interface ModelWarning {
  id: 'key-bias' | 'shared-keys' | 'qk-norm' | 'small' | 'head-dim' | 'sink';
  title: string;
  text: string;
  /** Where it was reported: `repository#thread`. */
  seen: readonly string[];
}

/** Measured on the loaded model. */
export interface KeyFacts {
  /** Euclidean norm of the key bias: the largest of all layers, where it is, and the median layer. */
  bias: { largest: number; layer: number; median: number } | null;
  /** Share of the heads that give the first token more than half of their attention, in FP16. */
  sinkHeads: number | null;
}

/** Largest and median of the norms of the key bias by layer. */
export function biasFacts(norms: readonly number[]): KeyFacts['bias'] {
  if (norms.length === 0) return null;
  const largest = Math.max(...norms);
  return {
    largest,
    layer: norms.indexOf(largest),
    median: percentile(
      [...norms].sort((a, b) => a - b),
      0.5,
    ),
  };
}

/** A bias this many times that of the median layer makes channels of its own. */
const LARGE_BIAS = 5;
const SMALL = 1e9;
const BLOCK = 32;

/** What applies to the loaded model, from its header, and from `facts` where they are measured. */
export function warningsFor(model: ModelTraits, facts: KeyFacts | null = null): ModelWarning[] {
  const found: ModelWarning[] = [];
  if (model.qkvBias) found.push(keyBias(facts));
  if (sharesMany(model)) {
    found.push({
      id: 'shared-keys',
      title: `${round(model.heads / model.kvHeads)} query heads share a key head`,
      text: 'The error of a key counts for all of them. Reports ask for two bits more for keys than for values.',
      seen: ['ml-explore/mlx-lm#1060'],
    });
  }
  if (model.qkNorm) {
    found.push({
      id: 'qk-norm',
      title: 'Queries and keys are normalised',
      text:
        'FP8 caches hold up better on such models, but norms of the key weights say little about the keys: systems that give bits by ' +
        'those norms are misled. Plain 4-bit keys failed on a small one (Qwen3-1.7B).',
      seen: ['volcengine/verl#4435', 'ml-explore/mlx-lm#1555'],
    });
  }
  if (weightCount(model) < SMALL) {
    found.push({
      id: 'small',
      title: `A small model, about ${Math.round(weightCount(model) / 1e6)} million weights`,
      text:
        'Small models lose most: at 4 bits with rotation perplexity rose from 13.5 to 47.8 on one of 0.6 billion weights and from 7.23 to 7.38 ' +
        'on one of 8. What is measured here does not speak for a larger model, in either direction.',
      seen: ['ikawrakow/ik_llama.cpp#1509'],
    });
  }
  if (model.headDim % BLOCK !== 0) {
    found.push({
      id: 'head-dim',
      title: `Heads of ${model.headDim} channels`,
      text: 'Blocks of 32 channels do not divide them: the quantized types of llama.cpp refuse such heads.',
      seen: ['ggml-org/llama.cpp#4312', 'ggml-org/llama.cpp#4425'],
    });
  } else if (model.headDim === 64) {
    found.push({
      id: 'head-dim',
      title: 'Heads of 64 channels',
      text: 'Scales weigh more than in heads of 128, and types with blocks of 128 channels (turbo4, turbo3) pad to twice the size.',
      seen: ['TheTom/llama-cpp-turboquant'],
    });
  }
  if (facts?.sinkHeads != null && facts.sinkHeads > 0.25) {
    found.push({
      id: 'sink',
      title: `${Math.round(facts.sinkHeads * 100)} % of the heads rest on the first token`,
      text:
        'They give it more than half of their attention, measured here in FP16. Evictions must keep it. Models with a learned sink ' +
        '(gpt-oss) read fluently and were wrong: same-top 74.9 % at 8 bits.',
      seen: ['TheTom/llama-cpp-turboquant#305'],
    });
  }
  return found;
}

function keyBias(facts: KeyFacts | null): ModelWarning {
  const bias = facts?.bias;
  const large = bias ? bias.largest > LARGE_BIAS * bias.median : null;
  const here = bias
    ? ` Here its norm is ${round(bias.largest)} in layer ${bias.layer}, ${round(bias.median)} in the median layer${large ? '' : ', which is even'}.`
    : '';
  return {
    id: 'key-bias',
    title: 'The key projection has a bias',
    text:
      'It makes channels that are far from the rest, and keys coded token by token lose everything else to them: Qwen2.5 goes from ' +
      `perplexity 7.52 to 10,655 with 3-bit keys. Grouping by channel (KIVI, KVQuant) or a rotation repairs it.${here}`,
    seen: ['ggml-org/llama.cpp#21385', 'InternLM/lmdeploy#2822', 'ollama/ollama#8332'],
  };
}

const round = (value: number): string => (value >= 10 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/, ''));
