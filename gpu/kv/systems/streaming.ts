import type { CacheConfig } from '../config';
import { defaultConfig } from '../config';
import type { ChoiceParam } from '../entry';
import evictor from '../evict/streaming';
import type { System } from '../system';

const POSITIONS: ChoiceParam = {
  key: 'positions',
  title: 'Positions',
  text: 'cache: distances are counted inside the cache, as if evicted tokens had never been. original: positions of the text.',
  unit: '',
  default: 'cache',
  choices: ['cache', 'original'],
};

const system: System = {
  id: 'streaming',
  title: 'StreamingLLM',
  text: evictor.text,
  formula: evictor.formula,
  source: evictor.source,
  bits: [],
  widths: { k: 16, v: 16 },
  evicts: true,
  params: [...evictor.params, POSITIONS],
  facts: {
    paper: 'https://arxiv.org/abs/2309.17453',
    code: 'https://github.com/mit-han-lab/streaming-llm',
    licence: 'MIT',
    fidelity: {
      approximate:
        'the prompt attends to all of itself before anything leaves; with a codec for what stays, positions are those of the text',
    },
    published: [],
    scaled: { text: '4 sinks and 60 recent tokens, for short chats', values: { recent: 60 } },
  },
  build({ positions, ...own }) {
    const config: CacheConfig = {
      ...defaultConfig(16, 16),
      prefill: 'fp16',
      self: 'quant',
      evict: { id: 'streaming', own },
    };
    if (positions === 'original') return config;
    config.keep.sinks = Number(own.sinks);
    config.k.transforms = ['cache-positions'];
    return config;
  },
};

export default system;
