import { defaultConfig } from '../config';
import evictor from '../evict/lagkv';
import type { System } from '../system';

const system: System = {
  id: 'lagkv',
  title: 'LagKV',
  text: evictor.text,
  formula: evictor.formula,
  source: evictor.source,
  bits: [],
  widths: { k: 16, v: 16 },
  evicts: true,
  params: evictor.params,
  facts: {
    paper: 'https://arxiv.org/abs/2504.04704',
    code: 'https://github.com/NVIDIA/kvpress',
    licence: 'Apache-2.0',
    fidelity: 'exact',
    published: [],
  },
  build({ ...own }) {
    return { ...defaultConfig(16, 16), prefill: 'fp16', self: 'fp16', evict: { id: 'lagkv', own } };
  },
};

export default system;
