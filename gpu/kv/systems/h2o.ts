import { defaultConfig } from '../config';
import evictor from '../evict/h2o';
import type { System } from '../system';

const system: System = {
  id: 'h2o',
  title: 'H2O',
  text: evictor.text,
  formula: evictor.formula,
  source: evictor.source,
  bits: [],
  widths: { k: 16, v: 16 },
  evicts: true,
  params: evictor.params,
  facts: {
    paper: 'https://arxiv.org/abs/2306.14048',
    code: 'https://github.com/FMInference/H2O',
    licence: 'none: written from the formulas',
    fidelity: { approximate: 'the prompt attends to all of itself; rows leave from its end on, per KV head' },
    published: [
      {
        what: 'throughput with 20 % heavy hitters',
        numbers: 'up to 29 times DeepSpeed and Accelerate, 3 times FlexGen',
        source: 'abstract, not verified',
      },
    ],
    scaled: { text: '32 heavy hitters and 32 recent tokens, for short chats', values: { heavy: 32, recent: 32 } },
  },
  build({ ...own }) {
    return { ...defaultConfig(16, 16), prefill: 'fp16', self: 'fp16', evict: { id: 'h2o', own } };
  },
};

export default system;
