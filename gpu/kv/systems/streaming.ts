import { defaultConfig } from '../config';
import evictor from '../evict/streaming';
import type { System } from '../system';

const system: System = {
  id: 'streaming',
  title: 'StreamingLLM',
  text: evictor.text,
  formula: evictor.formula,
  source: evictor.source,
  bits: [],
  widths: { k: 16, v: 16 },
  evicts: true,
  params: evictor.params,
  facts: {
    paper: 'https://arxiv.org/abs/2309.17453',
    code: 'https://github.com/mit-han-lab/streaming-llm',
    licence: 'MIT',
    fidelity: {
      approximate:
        'positions stay those of the text, where the original counts inside the cache; the prompt attends to all of itself before anything leaves',
    },
    published: [],
    scaled: { text: '4 sinks and 60 recent tokens, for short chats', values: { recent: 60 } },
  },
  build({ ...own }) {
    return { ...defaultConfig(16, 16), prefill: 'fp16', self: 'fp16', evict: { id: 'streaming', own } };
  },
};

export default system;
