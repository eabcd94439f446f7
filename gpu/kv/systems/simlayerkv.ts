import { defaultConfig } from '../config';
import evictor from '../evict/simlayerkv';
import type { System } from '../system';

const system: System = {
  id: 'simlayerkv',
  title: 'SimLayerKV',
  text: evictor.text,
  formula: evictor.formula,
  source: evictor.source,
  bits: [],
  widths: { k: 16, v: 16 },
  evicts: true,
  params: evictor.params,
  facts: {
    paper: 'https://arxiv.org/abs/2410.13846',
    code: 'https://github.com/sail-sg/SimLayerKV',
    licence: 'none: written from the formulas',
    fidelity: 'exact',
    published: [
      {
        what: 'with 4-bit quantization, 16 LongBench tasks',
        numbers: '5 times less cache, 1.2 % average drop',
        source: 'abstract',
      },
    ],
    scaled: { text: '60 recent tokens, for short chats', values: { recent: 60 } },
  },
  build({ ...own }) {
    return { ...defaultConfig(16, 16), prefill: 'fp16', self: 'fp16', evict: { id: 'simlayerkv', own } };
  },
};

export default system;
