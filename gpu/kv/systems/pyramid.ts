import { defaultConfig } from '../config';
import evictor from '../evict/pyramid';
import type { System } from '../system';

const system: System = {
  id: 'pyramid',
  title: 'PyramidKV',
  text: evictor.text,
  formula: evictor.formula,
  source: evictor.source,
  bits: [],
  widths: { k: 16, v: 16 },
  evicts: true,
  params: evictor.params,
  facts: {
    paper: 'https://arxiv.org/abs/2406.02069',
    code: 'https://github.com/Zefan-Cai/KVCache-Factory',
    licence: 'MIT',
    fidelity: 'exact',
    published: [
      { what: 'needle in a haystack, full cache .997', numbers: '.895', source: 'TurboQuant paper, not verified' },
    ],
  },
  build({ ...own }) {
    return { ...defaultConfig(16, 16), prefill: 'fp16', self: 'fp16', evict: { id: 'pyramid', own } };
  },
};

export default system;
