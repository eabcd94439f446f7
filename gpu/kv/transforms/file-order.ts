import type { Transform } from '../transform';

const transform: Transform = {
  id: 'file-order',
  title: "File's channel order",
  text:
    'Puts the channels of a head into the order in which a llama-arch GGUF stores keys (neighbouring pairs instead of halves), so ' +
    'that groups of channels are those of llama.cpp.',
  formula: 'y[2i] = x[i], y[2i + 1] = x[i + D/2]',
  source: 'https://github.com/ggml-org/llama.cpp',
  params: [],
  refuses: () => null,
  wgsl: /* wgsl */ `
var<private> file_row: array<f32, D>;
fn file_order_forward() {
  for (var i = 0u; i < channels() / 2u; i++) {
    file_row[2u * i] = row[i];
    file_row[2u * i + 1u] = row[i + D / 2u];
  }
  row = file_row;
}
fn file_order_inverse() {
  for (var i = 0u; i < channels() / 2u; i++) {
    file_row[i] = row[2u * i];
    file_row[i + D / 2u] = row[2u * i + 1u];
  }
  row = file_row;
}`,
};

export default transform;
