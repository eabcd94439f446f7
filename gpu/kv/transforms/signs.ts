import type { Transform } from '../transform';

const transform: Transform = {
  id: 'signs',
  title: 'Random signs',
  text:
    'Flips the sign of about half of the channels, always the same ones, before the Hadamard transform, so that no fixed pattern of ' +
    'a head can line up with a row of that matrix.',
  formula: 'y[i] = +-x[i], the highest bit of lowbias32(i xor 0x5f3759df)',
  source: 'https://arxiv.org/abs/2404.00456',
  params: [],
  refuses: () => null,
  wgsl: /* wgsl */ `
fn signs_forward() {
  for (var i = 0u; i < channels(); i++) {
    var x = i ^ 0x5f3759dfu;
    x = (x ^ (x >> 16u)) * 0x7feb352du;
    x = (x ^ (x >> 15u)) * 0x846ca68bu;
    x ^= x >> 16u;
    if (x >= 0x80000000u) { row[i] = -row[i]; }
  }
}
fn signs_inverse() { signs_forward(); }`,
};

export default transform;
