import { butterflies } from '../butterflies';
import type { Transform } from '../transform';

const transform: Transform = {
  id: 'hadamard-32',
  title: 'Hadamard by 32',
  text: 'Multiplies every 32 neighbouring channels by the orthonormal Walsh-Hadamard matrix, as ExLlamaV3 does.',
  formula: 'y = W_32 x for each 32 channels',
  source: 'https://github.com/turboderp-org/exllamav3',
  params: [],
  refuses: (headDim) =>
    headDim % 32 === 0 ? null : `transform=hadamard-32 needs a head_dim that 32 divides; this model has ${headDim}.`,
  wgsl: butterflies('hadamard_32', { end: '32u', scale: '0.17677669529663687' }),
};

export default transform;
