import { defaultConfig, uniformSide } from '../config';
import type { System } from '../system';

const system: System = {
  id: 'polarquant',
  title: 'PolarQuant',
  text:
    'Only keys are coded. The two channels that the position embedding turns together are taken as a point with a radius and an ' +
    'angle, four bits each, with one range per pair and 128 tokens. The unfinished block of keys and all values stay FP16.',
  formula:
    's = (max - min) / 2^4, code = floor((x - min) / s), value = min + (code + 1/2) s for radius and angle of a pair',
  source: 'https://arxiv.org/abs/2502.00527',
  bits: [],
  widths: { k: 4, v: 16 },
  params: [
    {
      key: 'group',
      title: 'Block',
      text: 'Tokens of a pair that share a range; so many keys gather in FP16 before they are coded.',
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
        'decoded keys where the original looks them up in a table',
    },
    published: [],
    scaled: { text: 'blocks of 32 tokens for short chats', values: { group: 32 } },
  },
  build({ group }) {
    const tokens = Number(group);
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
