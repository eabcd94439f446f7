import evictor from '../evict/tova';
import { evictionSystem } from '../eviction-system';

export default evictionSystem(evictor, 'TOVA', {
  paper: 'https://arxiv.org/abs/2401.06104',
  code: 'https://github.com/NVIDIA/kvpress',
  licence: 'Apache-2.0',
  fidelity: 'exact',
  published: [],
});
