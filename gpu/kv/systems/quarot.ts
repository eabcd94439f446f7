import { defaultConfig, uniformSide } from '../config';
import type { System } from '../system';

const system: System = {
  id: 'quarot',
  title: 'QuaRot (cache part)',
  text:
    'Keys (after RoPE) and values of each head are turned by a Hadamard matrix, which spreads outlier channels over all of them, and ' +
    'then coded with one scale and one minimum per token and head. Nothing stays exact; only the prompt itself attends in FP16.',
  formula: 'y = W_D x; s = (max - min) / (2^b - 1), code = round((y - min) / s), value = W_D (s code + min)',
  source: 'https://arxiv.org/abs/2404.00456',
  bits: [2, 3, 4, 5, 6, 7, 8],
  widths: { k: 4, v: 4 },
  params: [],
  facts: {
    paper: 'https://arxiv.org/abs/2404.00456',
    code: 'https://github.com/spcl/QuaRot',
    licence: 'Apache-2.0',
    fidelity: {
      approximate:
        'the cache part alone, with weights and activations as they are; the packed cache of the repository has 4 bits, and its ' +
        'arithmetic is FP16 where ours is f32',
    },
    published: [
      {
        what: 'Llama-2-70B with weights, activations and cache at 4 bits, loss of WikiText-2 perplexity',
        numbers: 'at most 0.29',
        source: "the repository's README",
      },
      {
        what: 'Llama-2-7B, cache only (groups of 128, clip 0.95), WikiText-2 perplexity (FP16 5.47)',
        numbers: 'K4V4 5.51, K4V2 5.75, K3V3 5.68, K2V4 8.06, K2V2 9.23',
        source: 'the paper; not verified',
      },
    ],
  },
  build({ k, v }) {
    const side = (bits: unknown) => ({
      ...uniformSide(Number(bits)),
      group: 'head' as const,
      transforms: ['hadamard'],
    });
    return { ...defaultConfig(), k: side(k), v: side(v), prefill: 'fp16' };
  },
};

export default system;
