import { butterflies } from '../butterflies';
import type { Transform } from '../transform';

const transform: Transform = {
  id: 'hadamard',
  title: 'Hadamard',
  text:
    'Multiplies each head by the orthonormal Walsh-Hadamard matrix before coding, which spreads outlier channels over all channels. ' +
    'Queries and outputs are turned back, so nothing but the rounding changes.',
  formula: 'y = W_D x, W_D = W_D^T = W_D^-1',
  source: 'https://arxiv.org/abs/2404.00456',
  params: [],
  refuses: (headDim) =>
    (headDim & (headDim - 1)) === 0
      ? null
      : `transform=hadamard needs a head_dim that is a power of two; this model has ${headDim}.`,
  wgsl: butterflies('hadamard', { end: 'channels()', scale: 'inverseSqrt(f32(D))' }),
};

export default transform;
