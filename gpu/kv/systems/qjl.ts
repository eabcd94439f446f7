import { defaultConfig, uniformSide } from '../config';
import type { ParamValue } from '../entry';
import type { System } from '../system';

const system: System = {
  id: 'qjl',
  title: 'QJL',
  text:
    'Keys are kept as their lengths and the signs of random sums, from which scores are estimated without bias; a few channels with large ' +
    'norms have a sketch of their own, and the first layers have longer sketches. Values have 2 bits in groups of 32. A buffer of the ' +
    'newest tokens stays FP16, and the prompt attends in FP16. Reading restores each key in scratch memory, so a step takes longer than ' +
    'with other systems.',
  formula: 'q . k is about sqrt(pi / 2) / m |k| (S q) . sign(S k), m sums; outlier channels apart',
  source: 'https://arxiv.org/abs/2406.03482',
  bits: [],
  widths: { k: 2, v: 2 },
  params: [
    {
      key: 'sketch',
      title: 'Sketch',
      text: 'Sums per channel of a key: 2 are 256 sums in a head of 128.',
      unit: 'bits',
      default: 2,
      choices: [1, 2, 3, 4],
    },
    {
      key: 'early',
      title: 'Sketch of early layers',
      text: 'Sums per channel in the first layers.',
      unit: 'bits',
      default: 4,
      choices: [1, 2, 3, 4],
    },
    {
      key: 'earlyLayers',
      title: 'Early layers',
      text: 'How many layers at the beginning have the longer sketch.',
      unit: 'layers',
      default: 15,
      min: 0,
      max: 128,
      step: 1,
    },
    {
      key: 'outliers',
      title: 'Outlier channels',
      text: 'Channels of a head with the largest norms in 32 tokens, sketched apart.',
      unit: 'channels',
      default: 8,
      choices: [0, 4, 8, 16],
    },
    {
      key: 'valueBits',
      title: 'Values',
      text: 'Bits of a value, in groups of 32 channels.',
      unit: 'bits',
      default: 2,
      choices: [2, 4],
    },
    {
      key: 'window',
      title: 'Buffer',
      text: 'So many new tokens gather in FP16 before they are coded.',
      unit: 'tokens',
      default: 128,
      choices: [32, 64, 128],
    },
  ],
  facts: {
    paper: 'https://arxiv.org/abs/2406.03482',
    code: 'https://github.com/amirzandieh/QJL',
    licence: 'Apache-2.0',
    fidelity: {
      approximate:
        'random sums come from a Walsh-Hadamard matrix after random signs of our own instead of a Gaussian matrix made orthogonal; scores are ' +
        'products with the key that the signs stand for, which is the same estimate; sums are counted per channel of the head, so that ' +
        'heads of 64 channels have half the sums of heads of 128; outlier channels are marked by a bit per channel',
    },
    published: [
      { what: 'bits per number of the cache, whole model', numbers: '3 bits', source: 'the paper, not verified' },
      {
        what: 'size of a key at 128 channels, early layers; value',
        numbers: '4.27 bits, 5.27; 3.0',
        source: 'computed from the released code',
      },
    ],
    scaled: { text: 'a buffer of 32 tokens for short chats', values: { window: 32 } },
  },
  build({ sketch, early, earlyLayers, outliers, valueBits, window }) {
    const own: Record<string, ParamValue> = outliers === 8 ? {} : { outliers };
    const config = defaultConfig();
    const layers = Number(earlyLayers);
    const values = uniformSide(Number(valueBits));
    if (layers > 0 && early !== sketch)
      config.layers.pairs = [{ from: 0, to: layers - 1, k: Number(early), v: values.bits }];
    return {
      ...config,
      k: {
        ...uniformSide(Number(sketch)),
        ...{ codec: 'sign-sketch', group: 32, along: 'token' },
        ...(Object.keys(own).length > 0 ? { own } : {}),
      },
      v: values,
      keep: { ...config.keep, window: Number(window), windowRule: 'blockFlush' },
      prefill: 'fp16',
      self: 'fp16',
    };
  },
};

export default system;
