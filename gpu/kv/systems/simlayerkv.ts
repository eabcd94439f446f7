import evictor from '../evict/simlayerkv';
import { evictionSystem } from '../eviction-system';

export default evictionSystem(evictor, 'SimLayerKV', {
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
});
