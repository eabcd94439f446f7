import type { Side } from '../config';
import { defaultConfig, uniformSide } from '../config';
import type { System } from '../system';

const system: System = {
  id: 'polarquant',
  title: 'PolarQuant',
  text:
    'Two methods bear this name. wu codes keys only: the two channels that the position embedding turns together are taken as a point with a radius and an ' +
    'angle, four bits each, with one range per pair and 128 tokens; the unfinished block of keys and all values stay FP16. google turns every ' +
    'head at random and codes keys and values as trees of angles over 16 channels, 3.875 bits each.',
  formula:
    's = (max - min) / 2^4, code = floor((x - min) / s), value = min + (code + 1/2) s for radius and angle of a pair',
  source: 'https://arxiv.org/abs/2502.00527',
  bits: [],
  widths: { k: 4, v: 16 },
  params: [
    {
      key: 'form',
      title: 'Method',
      text: 'wu: Wu et al., pairs of RoPE; google: Han et al., trees of angles.',
      unit: '',
      default: 'wu',
      choices: ['wu', 'google'],
    },
    {
      key: 'group',
      title: 'Block',
      text: 'wu: tokens of a pair that share a range; so many keys gather in FP16 before they are coded.',
      unit: 'tokens',
      default: 128,
      choices: [32, 64, 128],
    },
  ],
  facts: {
    paper: 'https://arxiv.org/abs/2502.00527',
    code: 'https://github.com/ericshwu/PolarQuant',
    licence: 'none: only the formulas were used',
    fidelity: {
      approximate:
        'arithmetic is f32 and ranges are rounded to FP16; that the prompt attends in FP16 is our reading; scores are products with ' +
        'decoded keys where the original looks them up in a table; google is written from notes on the paper: its bits go 4, 2, 2, 2 up the tree, ' +
        'the turn is a Hadamard matrix with random signs, and the length of 16 channels is FP16',
    },
    published: [
      {
        what: 'google: LongBench, mean; needle in a haystack',
        numbers: '49.78; 0.995',
        source: "TurboQuant's tables, not verified",
      },
    ],
    scaled: { text: 'blocks of 32 tokens for short chats', values: { group: 32 } },
  },
  build({ form, group }) {
    const tokens = Number(group);
    if (form === 'google') {
      const tree: Side = { ...uniformSide(4), codec: 'polar-tree', group: 'head', transforms: ['signs', 'hadamard'] };
      return { ...defaultConfig(), k: tree, v: tree };
    }
    return {
      ...defaultConfig(),
      k: { ...uniformSide(4), codec: 'polar', group: tokens, along: 'token' },
      v: uniformSide(16),
      keep: { ...defaultConfig().keep, window: tokens, windowRule: 'blockFlush' },
      prefill: 'fp16',
      self: 'fp16',
    };
  },
};

export default system;
