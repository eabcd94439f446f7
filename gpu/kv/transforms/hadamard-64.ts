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
  wgsl: /* wgsl */ `
fn hadamard_64_forward() {
  if (D % 64u != 0u) { return; }
  for (var len = 1u; len < 64u; len *= 2u) {
    for (var i = 0u; i < channels() / 2u; i++) {
      let a = (i / len) * 2u * len + i % len;
      let x = row[a];
      let y = row[a + len];
      row[a] = x + y;
      row[a + len] = x - y;
    }
  }
  for (var i = 0u; i < channels(); i++) { row[i] *= 0.125; }
}
fn hadamard_64_inverse() { hadamard_64_forward(); }`,
};

export default transform;
