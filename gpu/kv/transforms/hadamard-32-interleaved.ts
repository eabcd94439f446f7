import { butterflies } from '../butterflies';
import type { Transform } from '../transform';

const transform: Transform = {
  id: 'hadamard-32-interleaved',
  title: 'Hadamard by 32, every other channel',
  text:
    'In every 64 neighbouring channels, multiplies the 32 even and the 32 odd ones apart by the orthonormal Walsh-Hadamard matrix, as ' +
    'ExLlamaV2 does.',
  formula: 'y_even = W_32 x_even, y_odd = W_32 x_odd for each 64 channels',
  source: 'https://github.com/turboderp-org/exllamav2',
  params: [],
  refuses: (headDim) =>
    headDim % 64 === 0
      ? null
      : `transform=hadamard-32-interleaved needs a head_dim that 64 divides; this model has ${headDim}.`,
  wgsl: butterflies('hadamard_32_interleaved', { first: 2, end: '64u', scale: '0.17677669529663687' }),
};

export default transform;
