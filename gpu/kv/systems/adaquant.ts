import { defaultConfig, uniformSide } from '../config';
import type { System } from '../system';

const system: System = {
  id: 'adaquant',
  title: 'KV-AdaQuant',
  text:
    'Keys have larger norms than values, so they get more bits: 4 for keys, 2 for values. The cache is that of Hugging Face: groups ' +
    'of 64 channels of one token, the prompt coded at once, generated tokens exact until the window is full.',
  formula: 's = (max - min) / (2^b - 1), code = round((x - min) / s), value = s code + min',
  source: 'https://arxiv.org/abs/2502.15075',
  bits: [2, 4],
  widths: { k: 4, v: 2 },
  params: [
    {
      key: 'window',
      title: 'Residual length',
      text: 'Generated tokens gather in FP16 up to this many; then the whole cache is coded anew.',
      unit: 'tokens',
      default: 128,
      min: 1,
      max: 4096,
      step: 1,
    },
  ],
  facts: {
    paper: 'https://arxiv.org/abs/2502.15075',
    code: 'https://github.com/mohsenhariri/spectral-kv',
    licence: 'MIT',
    fidelity: 'exact',
    published: [
      {
        what: 'accuracy with K4V2 and with K2V4',
        numbers: '75.2 % and 54.7 %',
        source: 'abstract of version 1 of the paper',
      },
      {
        what: 'GSM8K, K2V4 / K4V2, models of 1, 8 and (two of) 14 billion weights',
        numbers: '.06 / .34; .55 / .75; .78 / .91; .76 / .87',
        source: 'figure 1 of version 1',
      },
      {
        what: 'memory, K4V2 in groups of 64, without the FP16 window',
        numbers: '3.5 bits, 4.57 times less than FP16',
        source: 'follows from the layout',
      },
    ],
    scaled: { text: 'a window of 32 tokens for short chats', values: { window: 32 } },
  },
  build({ k, v, window }) {
    return {
      ...defaultConfig(),
      k: { ...uniformSide(Number(k)), group: 64 },
      v: { ...uniformSide(Number(v)), group: 64 },
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
  },
};

export default system;
