import { defaultConfig } from '../config';
import evictor from '../evict/snapkv';
import type { System } from '../system';

const system: System = {
  id: 'snapkv',
  title: 'SnapKV',
  text: evictor.text,
  formula: evictor.formula,
  source: evictor.source,
  bits: [],
  widths: { k: 16, v: 16 },
  evicts: true,
  params: evictor.params,
  facts: {
    paper: 'https://arxiv.org/abs/2404.14469',
    code: 'https://github.com/FasterDecoding/SnapKV',
    licence: 'Apache-2.0',
    fidelity: {
      approximate:
        'rows leave per KV head, scored by the sum over its query heads; the original repeats keys and values for every query head',
    },
    published: [
      { what: 'needle in a haystack, full cache .997', numbers: '.858', source: 'TurboQuant paper, not verified' },
    ],
    scaled: { text: 'a capacity of 64 tokens and a window of 16, for short chats', values: { cap: 64, window: 16 } },
  },
  build({ ...own }) {
    return { ...defaultConfig(16, 16), prefill: 'fp16', self: 'fp16', evict: { id: 'snapkv', own } };
  },
};

export default system;
