import type { CacheConfig, Side } from '../config';
import { defaultConfig, uniformSide } from '../config';
import type { System } from '../system';

/** The residual length of the KIVI scheme, and its group. */
const WINDOW = 32;

const system: System = {
  id: 'kvtuner',
  title: 'KVTuner',
  text:
    'Gives every layer its own pair of key and value bits, found offline by a search; pairs=0-1:8.4,2-27:4.2 sets them here. Rows ' +
    'are coded by one of two schemes: whole heads of one token at a time, or as KIVI does. Zero falls on a code in both.',
  formula: 's = max((max - min) / (2^b - 1), 1e-5), z = round(-min / s), code = round(x / s) + z, value = s (code - z)',
  source: 'https://arxiv.org/abs/2502.04420',
  bits: [1, 2, 3, 4, 5, 6, 7, 8],
  widths: { k: 4, v: 4 },
  params: [
    {
      key: 'scheme',
      title: 'Scheme',
      text:
        'perToken codes each token at once, one scale per head; kivi gathers 32 keys in FP16 and codes them channel by channel, and ' +
        'keeps the newest 32 values exact.',
      unit: '',
      default: 'perToken',
      choices: ['perToken', 'kivi'],
    },
  ],
  facts: {
    paper: 'https://arxiv.org/abs/2502.04420',
    code: 'https://github.com/cmd2001/KVTuner',
    licence: 'none: formulas only; the widths its search found for each layer are not included',
    fidelity: {
      approximate:
        'the coder is the original (which stores a byte per code whatever the width; here codes are packed); the search on GSM8K is ' +
        'not run: `npm run tune` searches by divergence on your own text instead (KLD-greedy)',
    },
    published: [
      {
        what: 'nearly lossless mean width, Llama-3.1-8B-Instruct and Qwen2.5-7B',
        numbers: '3.25 and 4.0 bits',
        source: 'abstract of the paper',
      },
      { what: 'throughput against KIVI with 8 bits', numbers: '+21.25 %', source: 'abstract of the paper' },
      {
        what: 'chosen means: Llama-3.1-8B, kivi; Qwen2.5-7B, perToken; Qwen2.5-3B, perToken',
        numbers: '3.25 (K 4.0, V 2.5); 4.0 (K 4.57, V 3.43, three layers K8V2); 3.64 (layer 0 K8V4; 18, 27, 29 K8V8)',
        source: 'the repository',
      },
      { what: 'GSM8K of Qwen2.5-7B with K4V4 perToken', numbers: 'about 0', source: 'reported by others' },
    ],
  },
  build({ k, v, scheme }): CacheConfig {
    const side = (bits: unknown, more: Partial<Side>): Side => ({
      ...uniformSide(Number(bits)),
      codec: 'zero-point',
      own: { zero: 'int' },
      ...more,
    });
    const isKivi = scheme === 'kivi';
    return {
      ...defaultConfig(),
      k: side(k, isKivi ? { group: WINDOW, along: 'token' } : { group: 'head' }),
      v: side(v, { group: isKivi ? WINDOW : 'head' }),
      keep: isKivi
        ? { ...defaultConfig().keep, window: WINDOW, windowRule: 'blockFlush', requantOnFlush: 'off' }
        : { ...defaultConfig().keep, windowRule: 'decodeOnlyFlush', requantOnFlush: 'off' },
      prefill: 'fp16',
      self: 'fp16',
    };
  },
};

export default system;
