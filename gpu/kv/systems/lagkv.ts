import evictor from '../evict/lagkv';
import { evictionSystem } from '../eviction-system';

export default evictionSystem(evictor, 'LagKV', {
  paper: 'https://arxiv.org/abs/2504.04704',
  code: 'https://github.com/NVIDIA/kvpress',
  licence: 'Apache-2.0',
  fidelity: 'exact',
  published: [],
});
