import type { Side } from '../config';
import { defaultConfig, uniformSide } from '../config';
import type { ParamValue } from '../entry';
import type { System } from '../system';

const system: System = {
  id: 'skvq',
  title: 'SKVQ',
  text:
    'Channels of all heads that move in similar ranges are sorted into clusters and share a scale, token by token. Keys are coded ' +
    'before RoPE, where a channel keeps to its range. Both ends of a range are clipped a little. The first tokens and a window of ' +
    'the newest stay FP16, and the prompt attends in FP16.',
  formula:
    'lo = clip min, hi = clip max, s = (hi - lo) / top, code = round(clamp((x - lo) / s, 0, top)), value = s code + lo, top = ' +
    '2^b - 1 (1.5 bits: 2)',
  source: 'https://arxiv.org/abs/2405.06219',
  bits: [1.5, 2, 3, 4],
  widths: { k: 2, v: 2 },
  params: [
    {
      key: 'group',
      title: 'Group',
      text: 'Channels per cluster on average. A row of 192 channels makes one cluster of 128, three of 64 or six of 32.',
      unit: 'channels',
      default: 128,
      choices: [32, 64, 128],
    },
    {
      key: 'window',
      title: 'Window',
      text: 'The newest tokens, the current one included, stay FP16.',
      unit: 'tokens',
      default: 128,
      min: 0,
      max: 4096,
      step: 1,
    },
    {
      key: 'sinks',
      title: 'Sinks',
      text: 'The first tokens stay FP16 for the whole run.',
      unit: 'tokens',
      default: 5,
      min: 0,
      max: 128,
      step: 1,
    },
    {
      key: 'clip',
      title: 'Clip',
      text: 'Both ends of the range of a cluster are multiplied by this; its authors tune it between 0.91 and 0.97.',
      unit: '',
      default: 0.92,
      min: 0.5,
      max: 1,
      step: 0.01,
    },
    {
      key: 'reorder',
      title: 'Reorder',
      text: 'on sorts channels into clusters by their ranges; off puts neighbouring channels together.',
      unit: '',
      default: 'on',
      choices: ['on', 'off'],
    },
    {
      key: 'calibration',
      title: 'Calibration',
      text: 'What the ranges of channels come from: a short built-in text that the model reads beforehand, or the prompt itself.',
      unit: '',
      default: 'text',
      choices: ['text', 'prompt'],
    },
    {
      key: 'domain',
      title: 'Keys',
      text: 'preRope codes keys before they are rotated and rotates them when they are read; postRope codes rotated ones.',
      unit: '',
      default: 'preRope',
      choices: ['preRope', 'postRope'],
    },
    {
      key: 'scale',
      title: 'Step and least value',
      text: 'How both are kept for every token and cluster: e4m3 takes 8 bits each, f16 takes 16.',
      unit: '',
      default: 'e4m3',
      choices: ['e4m3', 'f16'],
    },
  ],
  facts: {
    paper: 'https://arxiv.org/abs/2405.06219',
    code: 'https://github.com/cat538/SKVQ',
    licence: 'MIT',
    fidelity: {
      approximate:
        'clusters come from a built-in text of a few hundred tokens, or from the prompt, instead of 256 pieces of 4096 tokens of ' +
        'WikiText-2; one clip serves all clusters, as in the released code, where the paper looks for one per group; the prompt ' +
        'never attends to coded rows, as it does in the perplexity script; tables of clusters are not counted in the bits',
    },
    published: [
      {
        what: 'Mistral-7B-Instruct-v0.2, mean of GovReport and MultiFieldQA-zh (FP16 about 37)',
        numbers:
          'SKVQ 36.5 at 2.5 bits, 35.8 at 2.25, 35.2 at 2.0, 34.4 at 1.875, 32.4 at 1.75; KIVI 33.7, 31.6, 29.8, not given, 25.3; ' +
          'plain rounding 22.3 at 2.5',
        source: "the repository's README, read off a figure",
      },
      {
        what: 'LongBench, plain 2 bits in groups of 32, then with one part after the other',
        numbers: '35.55; window of 128: 45.73; reorder: 47.99; 5 sinks: 0.15 more',
        source: "the paper's table, not verified",
      },
      {
        what: 'needle in a haystack at 32K, Llama-2-7B-80K (FP16 268.5)',
        numbers: 'SKVQ K2 V1.5 272.2, KIVI 235.1',
        source: 'the paper, not verified',
      },
    ],
    scaled: {
      text: 'a window of 32 tokens and clusters of 64 channels for short chats and small models',
      values: { group: 64, window: 32 },
    },
  },
  build({ k, v, group, window, sinks, clip, reorder, calibration, domain, scale }) {
    const own: Record<string, ParamValue> = {
      ...(clip === 0.92 ? {} : { clip }),
      ...(scale === 'e4m3' ? {} : { meta: scale }),
      ...(reorder === 'on' ? {} : { reorder }),
      ...(calibration === 'text' ? {} : { calibration }),
    };
    const side = (bits: ParamValue): Side => ({
      ...uniformSide(Number(bits)),
      ...{ codec: 'cluster', group: Number(group) },
      ...(Object.keys(own).length > 0 ? { own } : {}),
    });
    const config = defaultConfig();
    return {
      ...config,
      k: { ...side(k), ...(domain === 'preRope' ? { domain } : {}) },
      v: side(v),
      keep: { ...config.keep, sinks: Number(sinks), window: Number(window) },
      prefill: 'fp16',
    };
  },
};

export default system;
