import { butterflies } from '../butterflies';
import type { Transform } from '../transform';

/** The largest power of two that divides D. */
const BLOCK = '(D & (~D + 1u))';

const transform: Transform = {
  id: 'hadamard-wide',
  title: 'Hadamard, widest block',
  text:
    'Multiplies blocks of channels by the orthonormal Walsh-Hadamard matrix, as llama.cpp does for keys: the largest power of two that ' +
    'divides the head, from 64 on. Heads whose size is no multiple of 64 stay as they are.',
  formula: 'y = W_n x for each n channels, n = the largest power of two that divides D',
  source: 'https://github.com/ggml-org/llama.cpp/pull/21038',
  params: [],
  refuses: () => null,
  wgsl: butterflies('hadamard_wide', { end: BLOCK, scale: `inverseSqrt(f32(${BLOCK}))`, unless: `${BLOCK} < 64u` }),
};

export default transform;
