import type { Side } from '../config';
import { defaultConfig, uniformSide } from '../config';
import type { System } from '../system';

const side = (codec: string, own?: Side['own']): Side => ({ ...uniformSide(4), codec, ...(own ? { own } : {}) });

const system: System = {
  id: 'zipcache',
  title: 'ZipCache',
  text:
    'Tokens that get little attention are worth few bits. A tenth of the queries, the last ones and some at random, say how salient ' +
    'each key is; the lowest two fifths of each KV head are coded with 2 bits, the others with 4. New tokens stay FP16 until a hundred have come, ' +
    'then the whole cache is coded anew.',
  formula:
    'saliency_j = sum over probes i of a_ij / (T - j); keys: one range per channel and class; values: channels divided by ' +
    'sqrt(max |v|), then one range per row',
  source: 'https://arxiv.org/abs/2405.14256',
  bits: [],
  widths: { k: 4, v: 4 },
  params: [
    {
      key: 'gap',
      title: 'Recompression gap',
      text: 'After so many new tokens the whole cache is coded anew; until then they are FP16.',
      unit: 'tokens',
      default: 100,
      min: 4,
      max: 4096,
      step: 1,
    },
    {
      key: 'loRatio',
      title: 'Share at few bits',
      text: 'The least salient share of the tokens, per KV head.',
      unit: '',
      default: 0.4,
      min: 0,
      max: 1,
      step: 0.05,
    },
    {
      key: 'probes',
      title: 'Probe queries',
      text: 'sampled: the last twentieth and as many at random. all: every query, what the sample stands for.',
      unit: '',
      default: 'sampled',
      choices: ['sampled', 'all'],
    },
    {
      key: 'norm',
      title: 'Divided by',
      text:
        'code: queries that can see the key, which favours recent keys. probeNnz: probes that can see it, as the paper writes. ' +
        'none: nothing.',
      unit: '',
      default: 'code',
      choices: ['code', 'probeNnz', 'none'],
    },
    {
      key: 'rowScope',
      title: 'Range of a value row',
      text: 'code: one range for the r-th token of every head, different tokens though they are. perHead: one range per head.',
      unit: '',
      default: 'code',
      choices: ['code', 'perHead'],
    },
    {
      key: 'order',
      title: 'Rows of a class',
      text: 'position: as in the text. saliency: from the least to the most salient.',
      unit: '',
      default: 'position',
      choices: ['position', 'saliency'],
    },
    {
      key: 'seed',
      title: 'Seed',
      text: 'For the random probes.',
      unit: '',
      default: 0,
      min: 0,
      max: 999_999,
      step: 1,
    },
  ],
  facts: {
    paper: 'https://arxiv.org/abs/2405.14256',
    code: 'https://github.com/ThisisBillhe/ZipCache',
    licence: 'MIT',
    fidelity: { approximate: 'random probes come from a seed of our own' },
    published: [
      {
        what: 'GSM8K, Mistral-7B: size and change',
        numbers: '4.98 times smaller, -0.38 points',
        source: 'abstract',
      },
      {
        what: 'LLaMA3-8B at 4,096 tokens: prefill latency, decode latency, GPU memory',
        numbers: '-37.3 %, -56.9 %, -19.8 %',
        source: 'abstract, which does not name the baseline',
      },
    ],
    scaled: { text: 'coded anew every 32 tokens, for short chats', values: { gap: 32 } },
  },
  build({ gap, loRatio, probes, norm, rowScope, order, seed }) {
    return {
      ...defaultConfig(),
      k: side('column-range'),
      v: side('channel-separable', rowScope === 'perHead' ? { rowScope } : undefined),
      prefill: 'fp16',
      self: 'fp16',
      mix: {
        lo: 2,
        ratio: Number(loRatio),
        gap: Number(gap),
        probes: probes === 'all' ? 'all' : 'sampled',
        norm: norm === 'probeNnz' ? 'probeNnz' : norm === 'none' ? 'none' : 'code',
        order: order === 'saliency' ? 'saliency' : 'position',
        seed: Number(seed),
      },
    };
  },
};

export default system;
