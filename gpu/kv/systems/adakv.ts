import evictor from '../evict/adakv';
import { evictionSystem } from '../eviction-system';

export default evictionSystem(evictor, 'AdaKV', {
  paper: 'https://arxiv.org/abs/2407.11550',
  code: 'https://github.com/NVIDIA/kvpress',
  licence: 'Apache-2.0',
  fidelity: 'exact',
  published: [],
});
