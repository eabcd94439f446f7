import { butterflies } from '../butterflies';
import type { Transform } from '../transform';

const transform: Transform = {
  id: 'hadamard-64',
  title: 'Hadamard by 64',
  text:
    'Multiplies every 64 neighbouring channels by the orthonormal Walsh-Hadamard matrix, as llama.cpp does for values. Heads whose ' +
    'size is no multiple of 64 stay as they are.',
  formula: 'y = W_64 x for each 64 channels',
  source: 'https://github.com/ggml-org/llama.cpp/pull/21038',
  params: [],
  refuses: () => null,
  wgsl: butterflies('hadamard_64', { end: '64u', scale: '0.125', unless: 'D % 64u != 0u' }),
};

export default transform;
