import evictor from '../evict/tova';
import { evictionSystem } from '../eviction-system';

export default evictionSystem(evictor, 'TOVA', {
  paper: 'https://arxiv.org/abs/2401.06104',
  code: 'https://github.com/NVIDIA/kvpress',
  licence: 'Apache-2.0',
  fidelity: {
    approximate: 'rows leave once, after the prompt, as in kvpress; the paper lets one go with every new token too',
  },
  published: [],
});
