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
  wgsl: /* wgsl */ `
fn hadamard_32_forward() {
  for (var len = 1u; len < 32u; len *= 2u) {
    for (var i = 0u; i < channels() / 2u; i++) {
      let a = (i / len) * 2u * len + i % len;
      let x = row[a];
      let y = row[a + len];
      row[a] = x + y;
      row[a + len] = x - y;
    }
  }
  for (var i = 0u; i < channels(); i++) { row[i] *= 0.17677669529663687; }
}
fn hadamard_32_inverse() { hadamard_32_forward(); }`,
};

export default transform;
