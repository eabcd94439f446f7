import type { Transform } from '../transform';

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
  wgsl: /* wgsl */ `
fn hadamard_wide_forward() {
  let block = D & (~D + 1u);
  if (block < 64u) { return; }
  for (var len = 1u; len < block; len *= 2u) {
    for (var i = 0u; i < channels() / 2u; i++) {
      let a = (i / len) * 2u * len + i % len;
      let x = row[a];
      let y = row[a + len];
      row[a] = x + y;
      row[a + len] = x - y;
    }
  }
  let scale = inverseSqrt(f32(D & (~D + 1u)));
  for (var i = 0u; i < channels(); i++) { row[i] *= scale; }
}
fn hadamard_wide_inverse() { hadamard_wide_forward(); }`,
};

export default transform;
