import type { CacheConfig, Side } from '../config';
import { defaultConfig, uniformSide } from '../config';
import type { ChoiceParam } from '../entry';
import type { System } from '../system';

const SCORE: ChoiceParam = {
  key: 'score',
  title: 'Norm',
  text: "What says how much a layer's keys and values matter: the Frobenius or the spectral norm of its W_K and W_V.",
  unit: '',
  default: 'frobenius',
  choices: ['frobenius', 'spectral'],
};

const side = (bits: number): Side => ({ ...uniformSide(bits), codec: 'hqq', group: 64 });

const system: System = {
  id: 'qwc',
  title: 'Quantize What Counts',
  text:
    'Bits go to the layers and sides whose projection weights have the largest norms: starting from the smallest width, the next bit ' +
    'is always given where it takes away most error, until the budget is spent. Codes are HQQ in groups of 64 channels.',
  formula:
    'error of a side = |W|^2 4^(-b); the next width goes where it falls most per bit, while the mean stays within the budget',
  source: 'https://arxiv.org/abs/2502.15075',
  bits: ['auto', 1, 1.58, 2, 3, 4, 5, 6, 8],
  widths: { k: 'auto', v: 'auto' },
  params: [
    SCORE,
    {
      key: 'budget',
      title: 'Budget',
      text: 'Mean width of all sides and layers that the allocator may spend; not used when k and v are given.',
      unit: 'bits',
      default: 4,
      min: 1,
      max: 8,
      step: 0.5,
    },
    {
      key: 'window',
      title: 'Residual length',
      text: 'Generated tokens gather in FP16 up to this many; then the whole cache is coded anew.',
      unit: 'tokens',
      default: 64,
      min: 1,
      max: 4096,
      step: 1,
    },
  ],
  facts: {
    paper: 'https://arxiv.org/abs/2502.15075',
    code: 'https://github.com/mohsenhariri/spectral-kv',
    licence: 'MIT',
    fidelity: {
      approximate:
        'norms are those of the weights in the file, which may be quantized themselves; scales are kept in FP16 where the original ' +
        'has BF16, and widths of 5 and 6 bits are packed as such where it stores 8',
    },
    published: [
      { what: 'K4V2 keeps of K4V4', numbers: 'up to 98.3 %', source: 'version 3 of the paper' },
      {
        what: '|W_K| / |W_V| (Frobenius, median over layers)',
        numbers: 'Llama-3.2-1B 2.76, Llama-3.1-8B 2.68; Qwen3 reverses it: 0.6B 0.95, 8B 0.88',
        source: "the repository's norm tables",
      },
    ],
    scaled: { text: 'a window of 32 tokens for short chats', values: { window: 32 } },
  },
  build({ k, v, score, budget, window }) {
    const isGiven = k !== 'auto' && v !== 'auto';
    const near = [1, 1.58, 2, 3, 4, 5, 6, 8].reduce((a, b) =>
      Math.abs(b - Number(budget)) < Math.abs(a - Number(budget)) ? b : a,
    );
    const config: CacheConfig = {
      ...defaultConfig(),
      k: side(isGiven ? Number(k) : near),
      v: side(isGiven ? Number(v) : near),
      keep: {
        ...defaultConfig().keep,
        sinks: 0,
        window: Number(window),
        windowRule: 'decodeOnlyFlush',
        requantOnFlush: 'on',
      },
      prefill: 'fp16',
      self: 'fp16',
    };
    if (!isGiven)
      config.layers.allocate = { score: score === 'spectral' ? 'spectral' : 'frobenius', budget: Number(budget) };
    return config;
  },
};

export default system;
