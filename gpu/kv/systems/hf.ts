import { KvError } from '../../errors';
import type { CacheConfig, Keep, Side } from '../config';
import { defaultConfig, uniformSide } from '../config';
import type { ParamValue } from '../entry';
import type { System } from '../system';

const DEFAULT_WIDTH = 4;

function refuse(message: string, next = ''): never {
  throw new KvError('bad-config', message, '', next);
}

function sideOf(backend: string, bits: number, axis: ParamValue, group: Side['group']): Side {
  if (backend === 'fp8') return { ...uniformSide(8), codec: 'fp8', own: { scale: 'prompt' } };
  const grouped = { ...uniformSide(bits), group };
  if (backend === 'hqq') return { ...grouped, codec: 'hqq', own: { kappa: 1 } };
  return axis === 0 ? grouped : { ...grouped, along: 'token' };
}

const axis = (key: string, which: string) => ({
  key,
  title: `Axis of ${which}`,
  text:
    '0 groups channels of one token. -1 (quanto only) groups tokens of one channel; the original lets such groups run over the ' +
    'borders of heads and move at every flush, here they stay in one head and in place, and an unfinished group stays exact.',
  unit: '',
  default: 0,
  choices: [0, '-1'],
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
        'arithmetic is f32 and scales are FP16 whatever the type of the model; hqq always groups channels of one token, as its ' +
        'documentation advises (axis 1); with axis -1 groups do not drift as they do in the original; there, quanto has 2 and 4 ' +
        'bits only, and hqq fails at 3',
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
    if (kind !== 'quanto' && (axisKey !== 0 || axisValue !== 0))
      refuse(`axisKey and axisValue are for backend=quanto; this lane has backend=${kind}.`, 'Leave them out.');
    const side = (bits: ParamValue, which: ParamValue) => sideOf(kind, Number(bits), which, group as Side['group']);
    const plain = defaultConfig();
    const config: CacheConfig = { ...plain, k: side(k, axisKey), v: side(v, axisValue), prefill: 'fp16' };
    if (kind === 'fp8') return config;
    const keep: Partial<Keep> = { window: Number(window), windowRule: 'decodeOnlyFlush', requantOnFlush: 'on' };
    return { ...config, keep: { ...plain.keep, ...keep }, self: 'fp16' };
  },
};

export default system;
