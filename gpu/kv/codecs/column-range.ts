import type { Codec } from '../codec';
import { storedBits } from '../config';

/**
 * One range for every channel over all tokens that are coded together; defined in `reference/codecs/column-range.ts`. The header
 * holds a word per channel: f16 step low, f16 minimum high.
 */
const codec: Codec = {
  id: 'column-range',
  title: 'One range per channel',
  text:
    'Every channel of a head has one step and one smallest value for all tokens of its class, found when the class is coded; a token ' +
    'stores nothing but codes.',
  formula: 's = (max - min) / (2^b - 1) over the tokens, code = round((x - min) / s), value = s code + min',
  source: 'https://arxiv.org/abs/2405.14256',
  bits: [1, 2, 3, 4, 5, 6, 7, 8],
  params: [],
  layout: (side, headDim, kvHeads = 1) => ({
    codeWords: (headDim / 32) * storedBits(side.bits),
    scaleWords: 0,
    blockTokens: 1,
    bits: side.bits,
    headerWords: headDim * kvHeads,
    headerBits: 32 * headDim * kvHeads,
  }),
  refuses: ({ along, transforms }) =>
    along === 'token' || transforms.length > 0
      ? 'codec=column-range goes over all tokens of a class as they are: no along=token and no transform.'
      : null,
  columns: /* wgsl */ `
fn column_range_columns(c: Class, head: u32, channel: u32, ends: vec3f) {
  let s = to_half((ends.y - ends.x) / f32((1u << c.bits) - 1u));
  scales[c.header + head * D + channel] = s | (to_half(ends.x) << 16u);
}`,
  read: /* wgsl */ `
fn column_range_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let code = code_octet(c, slot, head, o);
  let h = c.header + head * D + o * 8u;
#for i 8
  let p_{i} = unpack2x16float(scales[h + {i}u]);
#end
  return Oct(
    code.lo * vec4f(p_0.x, p_1.x, p_2.x, p_3.x) + vec4f(p_0.y, p_1.y, p_2.y, p_3.y),
    code.hi * vec4f(p_4.x, p_5.x, p_6.x, p_7.x) + vec4f(p_4.y, p_5.y, p_6.y, p_7.y));
}`,
  write: /* wgsl */ `
fn column_range_encode(c: Class, slot: u32, head: u32) {
  load_row(0u, head, c);
  pack_begin(c.code_base + (slot * HK + head) * c.code_stride);
  let top = f32((1u << c.bits) - 1u);
  for (var i = 0u; i < params.channels; i++) {
    let p = unpack2x16float(scales[c.header + head * D + i]);
    var code = 0u;
    if (p.x > 0.0) { code = u32(clamp(round((row[i] - p.y) / p.x), 0.0, top)); }
    pack_code(code, c.bits);
  }
}`,
};

export default codec;
