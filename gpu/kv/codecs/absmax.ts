import type { Codec } from '../codec';
import { groupSize } from '../config';

/** Signed bytes with an f32 scale per group (by default 32 channels), defined in `reference/codecs/absmax.ts`. */
const codec: Codec = {
  id: 'absmax',
  title: 'Symmetric int8',
  text: 'The largest magnitude of a group becomes 127 and the rest follows; its scale is kept in f32.',
  formula: 's = max|x| / 127, code = round(x / s), value = s code',
  source: 'https://github.com/microsoft/onnxruntime/pull/32284',
  bits: [8],
  params: [],
  layout: (side, headDim) => ({
    codeWords: headDim / 4,
    scaleWords: headDim / groupSize(side, headDim),
    blockTokens: 1,
    bits: 8 + 32 / groupSize(side, headDim),
  }),
  refuses: (side) =>
    side.along === 'token' ? 'codec=absmax groups the channels of one token; leave along=channel.' : null,
  read: /* wgsl */ `
fn absmax_quad(word: u32) -> vec4f {
  return vec4f(bitcast<vec4i>(vec4u(word) << vec4u(24u, 16u, 8u, 0u)) >> vec4u(24u));
}
fn absmax_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let row_at = slot * HK + head;
  let s = bitcast<f32>(scales[c.scale_base + row_at * c.scale_stride + o * 8u / c.group]);
  let at = c.code_base + row_at * c.code_stride + 2u * o;
  return Oct(s * absmax_quad(codes[at]), s * absmax_quad(codes[at + 1u]));
}`,
  write: /* wgsl */ `
fn absmax_encode(c: Class, slot: u32, head: u32) {
  load_row(0u, head, c);
  let row_at = slot * HK + head;
  for (var first = 0u; first < params.channels; first += c.group) {
    var most = 0.0;
    for (var i = first; i < first + c.group; i++) { most = max(most, abs(row[i])); }
    let s = most / 127.0;
    scales[c.scale_base + row_at * c.scale_stride + first / c.group] = bitcast<u32>(s);
    for (var i = first; i < first + c.group; i += 4u) {
      var word = 0u;
      for (var j = 0u; j < 4u; j++) {
        let code = select(0, i32(clamp(round(row[i + j] / s), -127.0, 127.0)), s > 0.0);
        word |= (bitcast<u32>(code) & 0xffu) << (8u * j);
      }
      codes[c.code_base + row_at * c.code_stride + i / 4u] = word;
    }
  }
}`,
};

export default codec;
