import { defaultConfig, uniformSide } from '../config';
import type { System } from '../system';

const system: System = {
  id: 'kivi',
  title: 'KIVI',
  text:
    'Keys have outlier channels, so they are grouped along tokens, channel by channel; values are grouped along channels, token by ' +
    'token. Keys gather in an FP16 window and are coded when it is full; the newest values stay FP16. The prompt attends in FP16.',
  formula: 's = (max - min) / (2^b - 1), code = round((x - min) / s), value = s code + min',
  source: 'https://arxiv.org/abs/2402.02750',
  bits: [1, 2, 3, 4, 5, 6, 7, 8],
  widths: { k: 2, v: 2 },
  params: [
    {
      key: 'group',
      title: 'Group',
      text: 'Tokens of a channel (keys) or channels of a token (values) that share a scale.',
      unit: 'values',
      default: 32,
      choices: [32, 64, 128],
    },
    {
      key: 'window',
      title: 'Residual length',
      text: 'Tokens kept in FP16: keys up to this many, values the newest this many. A multiple of the group.',
      unit: 'tokens',
      default: 128,
      min: 32,
      max: 4096,
      step: 32,
    },
  ],
  facts: {
    paper: 'https://arxiv.org/abs/2402.02750',
    code: 'https://github.com/jy-yuan/KIVI',
    licence: 'MIT',
    fidelity: {
      approximate: 'arithmetic is f32 where the original computes in FP16; widths other than 2 and 4 go beyond it',
    },
    published: [
      {
        what: 'LongBench, mean of 15 tasks, Mistral-7B-Instruct-v0.2 (FP16 43.54), G 32, R 128',
        numbers: '2 bit 42.43, 4 bit 43.53',
        source: "the repository's docs/long_bench.md",
      },
      {
        what: 'PassageRetrieval, Mistral-7B-Instruct-v0.2 (FP16 89.33)',
        numbers: '2 bit 80.83',
        source: "the repository's docs/long_bench.md",
      },
      { what: 'peak memory with weights; throughput', numbers: '2.6 times less; 2.35 to 3.47 times', source: 'README' },
    ],
    scaled: { text: 'a window of 32 tokens for short chats', values: { window: 32 } },
  },
  build({ k, v, group, window }) {
    const g = Number(group);
    return {
      ...defaultConfig(),
      k: { ...uniformSide(Number(k)), group: g, along: 'token' },
      v: { ...uniformSide(Number(v)), group: g },
      keep: {
        ...defaultConfig().keep,
        sinks: 0,
        window: Number(window),
        windowRule: 'blockFlush',
        requantOnFlush: 'off',
      },
      prefill: 'fp16',
      self: 'fp16',
    };
  },
};

export default system;
