import type { Side } from '../config';
import { defaultConfig, uniformSide } from '../config';
import type { ParamValue } from '../entry';
import { NUQ_PARAMS } from '../nuq';
import type { System } from '../system';

const system: System = {
  id: 'kvquant',
  title: 'KVQuant',
  text:
    'Keys are coded before RoPE, where each channel keeps to a range of its own that is learned once; values are coded token by ' +
    'token over all heads. Codes stand for levels that are learned per layer. About 1 % of the values, the largest and the smallest, ' +
    'stay exact, and so does the first token. The prompt attends in FP16.',
  formula: 'code = nearest level to (x - centre) / half, value = level half + centre; outliers exact',
  source: 'https://arxiv.org/abs/2401.18079',
  bits: [2, 3, 4, 5],
  widths: { k: 3, v: 3 },
  params: NUQ_PARAMS,
  facts: {
    paper: 'https://arxiv.org/abs/2401.18079',
    code: 'https://github.com/SqueezeAILab/KVQuant',
    licence: 'none: only the formulas are used; levels and ranges are our own, none of its calibration files',
    fidelity: {
      approximate:
        "ranges and levels are learned from the prompt itself or from a short built-in text, by k-means without the paper's Fisher " +
        'weights over 16 x 2048 tokens of WikiText-2; outliers have fixed places per token, which costs small models more bits than ' +
        'the 0.32 to 0.35 of the paper',
    },
    published: [
      {
        what: 'Llama-2-7B, WikiText-2 perplexity (FP16 5.12), with 1 % outliers',
        numbers: '4 bit 5.13, 3 bit 5.17, 2 bit 5.41; 2 bit without outliers 7.03',
        source: 'the paper, table 18',
      },
      {
        what: 'Llama-3-8B, WikiText-2 perplexity (FP16 5.54), with 1 % outliers',
        numbers: '4 bit 5.56, 3 bit 5.64, 2 bit 6.04; 2 bit without outliers 7.04',
        source: 'the paper, table 18',
      },
      {
        what: 'Mistral-7B, WikiText-2 perplexity (FP16 4.76), with 1 % outliers',
        numbers: '4 bit 4.78, 3 bit 4.82, 2 bit 5.14; 2 bit without outliers 6.84',
        source: 'the paper, table 18',
      },
      {
        what: 'Llama-2-7B-32K, RULER at 32K, mean (FP16 56.40), with 1 % outliers',
        numbers: '3 bit 53.65, 2 bit 36.54; KIVI at 2 bits 39.78',
        source: 'the paper',
      },
      {
        what: 'memory at 4, 3 and 2 bits; speed of its kernels',
        numbers: '3.7, 4.8 and 6.9 times less; up to 1.7 times',
        source: 'the paper',
      },
    ],
  },
  build({ k, v, ...own }) {
    const side = (codec: string, bits: ParamValue): Side => {
      const said = NUQ_PARAMS.filter(({ key, default: usual }) => own[key] !== usual).map(({ key }) => [key, own[key]]);
      return {
        ...uniformSide(Number(bits)),
        ...{ codec, group: 'head' },
        ...(said.length > 0 ? { own: Object.fromEntries(said) } : {}),
      };
    };
    const plain = defaultConfig();
    return {
      ...plain,
      k: { ...side('nuq-channel', k), domain: 'preRope' },
      v: side('nuq-token', v),
      keep: { ...defaultConfig().keep, sinks: 1, window: 0, windowRule: 'slide', requantOnFlush: 'off' },
      prefill: 'fp16',
    };
  },
};

export default system;
