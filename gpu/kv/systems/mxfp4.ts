import { defaultConfig, uniformSide } from '../config';
import type { System } from '../system';

const system: System = {
  id: 'mxfp4',
  title: 'MXFP4',
  text:
    'Keys and values as 4-bit floats whose groups share a power of two. Everything is coded as it is written, in the prompt too; ' +
    'nothing stays exact.',
  formula: 's = 2^(floor(log2 max|x|) - 2), value = s e2m1(x / s)',
  source: 'https://arxiv.org/abs/2310.10537',
  bits: [],
  widths: { k: 4, v: 4 },
  params: [
    {
      key: 'variant',
      title: 'Variant',
      text: 'ocp: 32 channels and the exponent below. sglang: 16 channels and the exponent above, so that nothing is cut off.',
      unit: '',
      default: 'ocp',
      choices: ['ocp', 'sglang'],
    },
  ],
  facts: {
    paper: 'https://arxiv.org/abs/2310.10537',
    code: 'https://github.com/sgl-project/sglang/issues/12612',
    licence: 'an open standard; only the format was taken',
    fidelity: { approximate: 'arithmetic is f32' },
    published: [
      { what: 'sglang, capacity', numbers: '1.78 times FP8, 3.56 times BF16', source: 'sglang 12612' },
      {
        what: 'sglang, Qwen3-8B, BF16 / fp4 / fp4 rotated',
        numbers: 'GSM8K 91.17 / 88.96 / 90.41; GPQA 57.07 / 53.54 / 55.56; MATH500 75.4 / 74.4 / 74.6',
        source: 'sglang 36172',
      },
      {
        what: 'sglang, Qwen3-32B, BF16 / fp4 / fp4 rotated',
        numbers: 'GSM8K 96.35 / 95.59 / 96.27',
        source: 'sglang 36172',
      },
    ],
  },
  build({ variant }) {
    const side =
      variant === 'sglang'
        ? { ...uniformSide(4), codec: 'mxfp4', group: 16, own: { rule: 'ceil' } }
        : { ...uniformSide(4), codec: 'mxfp4', group: 32 };
    return { ...defaultConfig(), k: side, v: { ...side } };
  },
};

export default system;
