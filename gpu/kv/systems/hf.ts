import { KvError } from '../../errors';
import type { CacheConfig, Keep, Side } from '../config';
import { defaultConfig, uniformSide } from '../config';
import type { ParamValue } from '../entry';
import type { System } from '../system';

const DEFAULT_WIDTH = 4;

function refuse(message: string, next = ''): never {
  throw new KvError('bad-config', message, '', next);
}

/** What the axes of a backend can be; the first is what the documentation advises. */
const AXES: Record<string, readonly ParamValue[]> = { quanto: [0, '-1'], hqq: [1, 0], fp8: [] };

function sideOf(backend: string, bits: number, axis: ParamValue, group: Side['group']): Side {
  if (backend === 'fp8') return { ...uniformSide(8), codec: 'fp8', own: { scale: 'prompt' } };
  const grouped = { ...uniformSide(bits), group };
  if (axis === AXES[backend][0]) return backend === 'hqq' ? { ...grouped, codec: 'hqq', own: { kappa: 1 } } : grouped;
  return { ...grouped, codec: 'across-rows', ...(backend === 'hqq' ? { own: { axis: 'first' } } : {}) };
}

const axis = (key: string, which: string) => ({
  key,
  title: `Axis of ${which}`,
  text:
    'quanto 0 and hqq 1 group channels of one token, and coding again changes next to nothing. quanto -1 groups tokens of one channel, hqq 0 ' +
    'scattered values: both over all heads, elsewhere after every flush, so that errors add up. auto is what the documentation advises.',
  unit: '',
  default: 'auto',
  choices: ['auto', 0, 1, '-1'],
});

const system: System = {
  id: 'hf',
  title: 'Hugging Face QuantizedCache',
  text:
    'The quantized cache of the transformers library. The whole prompt is coded after its attention, its newest tokens included. ' +
    'Generated tokens gather in FP16; when the window is full, the whole cache is read, joined with it and coded anew.',
  formula:
    'quanto: s = (max - min) / (2^b - 1), code = round((x - min) / s); hqq: the zero is then moved in up to 20 steps; fp8: s = ' +
    'max|x| of the prompt / 448',
  source: 'https://huggingface.co/docs/transformers/kv_cache',
  bits: [1, 2, 3, 4, 8],
  widths: { k: DEFAULT_WIDTH, v: DEFAULT_WIDTH },
  params: [
    {
      key: 'backend',
      title: 'Backend',
      text: 'quanto codes evenly; hqq refines the zero of each group; fp8 always has 8 bits and codes each token before its own query reads it.',
      unit: '',
      default: 'quanto',
      choices: ['quanto', 'hqq', 'fp8'],
    },
    {
      key: 'group',
      title: 'Group',
      text: 'Values that share a scale (q_group_size).',
      unit: 'values',
      default: 64,
      choices: [16, 32, 64, 128, 'head'],
    },
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
    axis('axisKey', 'keys'),
    axis('axisValue', 'values'),
  ],
  facts: {
    code: 'https://github.com/huggingface/transformers',
    licence: 'Apache-2.0',
    fidelity: {
      approximate:
        'arithmetic is f32 and scales are FP16 whatever the type of the model; hqq with axis 0 codes with the rounded step and zero; ' +
        'where KV heads times tokens are no multiple of the group, quanto with axis -1 stops with an error and here the last group is shorter; ' +
        'in the original, quanto has 2 and 4 bits only, and hqq fails at 3',
    },
    published: [
      {
        what: 'LongBench, Llama-2-7B-chat, FP16 / int4 / int2 (quanto, groups of 64, window 128)',
        numbers:
          'TREC 63.0 / 63.0 / 55.0; SAMSum 41.12 / 41.3 / 14.04; TriviaQA 84.28 / 84.76 / 63.64; HotpotQA 30.08 / 30.04 / 17.3',
        source: "Hugging Face's blog",
      },
      {
        what: 'longest context on one A100 of 80 GB, FP16 and int4',
        numbers: '40 thousand and 128 thousand tokens',
        source: "Hugging Face's blog",
      },
    ],
  },
  build({ backend, k, v, group, window, axisKey, axisValue }) {
    const kind = String(backend);
    for (const [name, bits] of Object.entries({ k, v }))
      if (kind === 'fp8' && bits !== 8 && bits !== DEFAULT_WIDTH)
        refuse(`${name}=${bits} is not possible with backend=fp8; it has 8 bits.`, 'Leave the width out.');
    const side = (bits: ParamValue, key: string, asked: ParamValue) => {
      const possible = AXES[kind];
      if (asked !== 'auto' && !possible.includes(asked))
        refuse(
          `${key}=${asked} is not possible with backend=${kind}; it has ${possible.join(' and ') || 'no axes'}.`,
          'Leave it out.',
        );
      return sideOf(kind, Number(bits), asked === 'auto' ? possible[0] : asked, group as Side['group']);
    };
    const plain = defaultConfig();
    const config: CacheConfig = {
      ...plain,
      k: side(k, 'axisKey', axisKey),
      v: side(v, 'axisValue', axisValue),
      prefill: 'fp16',
    };
    if (kind === 'fp8') return config;
    const keep: Partial<Keep> = { window: Number(window), windowRule: 'decodeOnlyFlush', requantOnFlush: 'on' };
    return { ...config, keep: { ...plain.keep, ...keep }, self: 'fp16' };
  },
};

export default system;
