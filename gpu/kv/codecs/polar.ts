import type { Codec } from '../codec';
import { groupSize } from '../config';

/**
 * Radius and angle of the pairs that RoPE turns, defined in `reference/codecs/polar.ts`. In a row, codes 0 .. D/2 - 1 are radii and
 * the rest angles; of a block's scales, word j belongs to the radius of pair j and word D/2 + j to its angle (f16 step, f16 minimum).
 */
const codec: Codec = {
  id: 'polar',
  title: 'Polar pairs',
  text:
    'The two channels of a key that the position embedding turns together are a point in a plane. Its radius and its angle are ' +
    'coded apart, each evenly over a block of tokens, because an outlier channel bends the circle less than it stretches a range.',
  formula:
    'r = |(x[j], x[j + D/2])|, a = atan2; s = (max - min) / 2^b, code = floor((r - min) / s), value = min + (code + 1/2) s',
  source: 'https://arxiv.org/abs/2502.00527',
  bits: [2, 3, 4, 5, 6],
  params: [],
  layout: (side, headDim) => ({
    codeWords: (headDim / 32) * side.bits,
    scaleWords: headDim,
    blockTokens: groupSize(side, headDim),
    bits: side.bits + 32 / groupSize(side, headDim),
  }),
  refuses: (side) => (side.along === 'token' ? null : 'codec=polar codes blocks of tokens; add along=token group=128.'),
  read: /* wgsl */ `
// Middles of the cells of four codes with the scales from word \`at\`.
fn polar_middle(code: vec4f, at: u32) -> vec4f {
  let p = unpack2x16float(scales[at]);
  let q = unpack2x16float(scales[at + 1u]);
  let r = unpack2x16float(scales[at + 2u]);
  let t = unpack2x16float(scales[at + 3u]);
  return (code + 0.5) * vec4f(p.x, q.x, r.x, t.x) + vec4f(p.y, q.y, r.y, t.y);
}
// Pairs j .. j + 3 of a row: their first or their second channel.
fn polar_four(c: Class, base: u32, scale_at: u32, j: u32, second: bool) -> vec4f {
  let radius = polar_middle(vec4f(code_quad(c.bits, base, j * c.bits)), scale_at + j);
  let angle = polar_middle(vec4f(code_quad(c.bits, base, (D / 2u + j) * c.bits)), scale_at + D / 2u + j);
  return radius * select(cos(angle), sin(angle), second);
}
fn polar_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let base = c.code_base + (slot * HK + head) * c.code_stride;
  let scale_at = c.scale_base + ((slot / c.group) * HK + head) * c.scale_stride;
  let second = o >= D / 16u;
  let j = (o % (D / 16u)) * 8u;
  return Oct(polar_four(c, base, scale_at, j, second), polar_four(c, base, scale_at, j + 4u, second));
}`,
  write: /* wgsl */ `
// Of each radius and angle: least and largest while scanning, then minimum and step as stored.
var<private> polar_low: array<f32, D>;
var<private> polar_high: array<f32, D>;
// What rows read as lies on ties between halves, where the last bit of an arctangent would decide: ties are moved aside.
fn polar_half(x: f32) -> u32 { return to_half(x + x * 0x1p-16); }
// Turns the pairs of the row into radii (first half) and angles.
fn polar_turn() {
  let half = params.channels / 2u;
  for (var j = 0u; j < half; j++) {
    let x = row[j];
    let y = row[j + half];
    row[j] = sqrt(x * x + y * y);
    row[j + half] = select(atan2(y, x), 0.0, x == 0.0 && y == 0.0);
  }
}
fn polar_code(c: Class, x: f32, i: u32) -> u32 {
  if (polar_high[i] == 0.0) { return 0u; }
  return u32(clamp(floor((x - polar_low[i]) / polar_high[i]), 0.0, f32((1u << c.bits) - 1u)));
}
fn polar_store_row(c: Class, slot: u32, head: u32) {
  pack_begin(c.code_base + (slot * HK + head) * c.code_stride);
  for (var i = 0u; i < params.channels; i++) {
    let code = polar_code(c, row[i], i);
    pack_code(code, c.bits);
  }
}
fn polar_encode(c: Class, slot: u32, head: u32) {
  for (var t = 0u; t < c.group; t++) {
    load_row(t, head, c);
    polar_turn();
    for (var i = 0u; i < params.channels; i++) {
      polar_low[i] = select(min(polar_low[i], row[i]), row[i], t == 0u);
      polar_high[i] = select(max(polar_high[i], row[i]), row[i], t == 0u);
    }
  }
  let at = c.scale_base + ((slot / c.group) * HK + head) * c.scale_stride;
  for (var i = 0u; i < params.channels; i++) {
    let s = polar_half((polar_high[i] - polar_low[i]) / f32(1u << c.bits));
    let m = polar_half(polar_low[i]);
    scales[at + i] = s | (m << 16u);
    polar_high[i] = from_half(s);
    polar_low[i] = from_half(m);
  }
  for (var t = 0u; t < c.group; t++) {
    load_row(t, head, c);
    polar_turn();
    polar_store_row(c, slot + t, head);
  }
}`,
};

export default codec;
