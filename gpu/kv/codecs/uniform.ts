import { affineEncode } from '../affine';
import type { Codec } from '../codec';
import { ownOf } from '../codec';
import { groupSize } from '../config';

/**
 * Evenly spaced codes between the ends of a group; defined in `reference/uniform.ts`.
 * Codes of 32 channels of one token stand in `bits` words whichever way the group runs; scales: one word per group (asym: f16 scale
 * low, f16 minimum high) or one half (sym), per row or, along tokens, per block of `group` rows and channel.
 */
const codec: Codec = {
  id: 'uniform',
  title: 'Uniform',
  text:
    'Every group of values is cut into 2^bits even steps between its smallest and its largest value. Scale and minimum are kept in ' +
    'FP16 beside the codes; the codes are packed at exactly the chosen width.',
  formula:
    'asym: s = (max - min) / (2^b - 1), code = round((x - min) / s), value = s code + min; sym: s = max|x| / (2^(b-1) - 1)',
  source: 'https://arxiv.org/abs/2402.02750',
  bits: [1, 2, 3, 4, 5, 6, 7, 8],
  params: [
    {
      key: 'inverse',
      title: 'Inverse of the scale',
      text: "exact divides by the scale; f16 multiplies by its inverse rounded to FP16, as LMDeploy's TurboMind engine does.",
      unit: '',
      perSide: true,
      default: 'exact',
      choices: ['exact', 'f16'],
    },
  ],
  layout(side, headDim) {
    const perWord = side.scheme === 'sym' ? 2 : 1;
    const groups = side.along === 'token' ? headDim : headDim / groupSize(side, headDim);
    return {
      codeWords: (headDim / 32) * side.bits,
      scaleWords: Math.ceil(groups / perWord),
      blockTokens: side.along === 'token' ? groupSize(side, headDim) : 1,
      bits: side.bits + 32 / perWord / groupSize(side, headDim),
    };
  },
  words: (side) => [ownOf(codec, side).inverse === 'f16' ? 1 : 0],
  read: /* wgsl */ `
// Scales and offsets of four neighbouring channels: value = scale * code + offset.
struct Affine { s: vec4f, m: vec4f }
// From stored scales of a symmetric side.
fn uniform_centred(s: vec4f, bits: u32) -> Affine {
  if (bits == 1u) { return Affine(2.0 * s, -s); }
  return Affine(s, -s * f32(1u << (bits - 1u)));
}
// Channels i .. i + 3 of a row whose groups run along channels share one group.
fn uniform_shared(c: Class, row_at: u32, i: u32) -> Affine {
  let g = i / c.group;
  let at = c.scale_base + row_at * c.scale_stride;
  if ((c.flags & SYMMETRIC) == 0u) {
    let a = unpack2x16float(scales[at + g]);
    return Affine(vec4f(a.x), vec4f(a.y));
  }
  return uniform_centred(vec4f(unpack2x16float(scales[at + (g >> 1u)] >> ((g & 1u) * 16u)).x), c.bits);
}
// Channels i .. i + 3 of a block of tokens, each with a scale of its own.
fn uniform_each(c: Class, block_at: u32, i: u32) -> Affine {
  let at = c.scale_base + block_at * c.scale_stride;
  if ((c.flags & SYMMETRIC) == 0u) {
    let p = unpack2x16float(scales[at + i]);
    let q = unpack2x16float(scales[at + i + 1u]);
    let r = unpack2x16float(scales[at + i + 2u]);
    let t = unpack2x16float(scales[at + i + 3u]);
    return Affine(vec4f(p.x, q.x, r.x, t.x), vec4f(p.y, q.y, r.y, t.y));
  }
  let low = unpack2x16float(scales[at + (i >> 1u)]);
  let high = unpack2x16float(scales[at + (i >> 1u) + 1u]);
  return uniform_centred(vec4f(low, high), c.bits);
}
fn uniform_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let code = code_octet(c, slot, head, o);
  if ((c.flags & ALONG_TOKEN) == 0u) {
    let a = uniform_shared(c, slot * HK + head, o * 8u);
    return Oct(code.lo * a.s + a.m, code.hi * a.s + a.m);
  }
  let block_at = (slot / c.group) * HK + head;
  let a = uniform_each(c, block_at, o * 8u);
  let b = uniform_each(c, block_at, o * 8u + 4u);
  return Oct(code.lo * a.s + a.m, code.hi * b.s + b.m);
}`,
  write: /* wgsl */ `
// Per group while scanning: least and largest value (asym), or sum and maximum of |x| (sym); then minimum and scale as
// stored, or the scale's inverse where c.p0 asks for it.
var<private> u_low: array<f32, D>;
var<private> u_high: array<f32, D>;
fn uniform_scan(c: Class, g: u32, x: f32, first: bool) {
  if ((c.flags & SYMMETRIC) != 0u) {
    u_low[g] = select(u_low[g], 0.0, first) + abs(x);
    u_high[g] = max(select(u_high[g], 0.0, first), abs(x));
  } else {
    u_low[g] = select(min(u_low[g], x), x, first);
    u_high[g] = select(max(u_high[g], x), x, first);
  }
}
fn uniform_store_scales(c: Class, row_at: u32, head: u32, groups: u32) {
  let at = c.scale_base + (row_at * HK + head) * c.scale_stride;
  let symmetric = (c.flags & SYMMETRIC) != 0u;
  for (var g = 0u; g < groups; g++) {
    let low = u_low[g];
    let high = u_high[g];
    var step_size = (high - low) / f32((1u << c.bits) - 1u);
    if (symmetric) { step_size = select(high / f32((1u << (c.bits - 1u)) - 1u), low / f32(c.group), c.bits == 1u); }
    let s = to_half(step_size);
    u_high[g] = from_half(s);
    if (c.p0 == 1u && s != 0u) { u_high[g] = from_half(min(to_half(1.0 / u_high[g]), 0x7bffu)); }
    if (symmetric) {
      let word = at + (g >> 1u);
      scales[word] = select((scales[word] & 0xffffu) | (s << 16u), s, (g & 1u) == 0u);
    } else {
      let m = to_half(low);
      u_low[g] = from_half(m);
      scales[at + g] = s | (m << 16u);
    }
  }
}
fn uniform_steps(c: Class, x: f32, s: f32) -> f32 {
  if (c.p0 == 1u) { return x * s; }
  return x / s;
}
fn uniform_code(c: Class, x: f32, g: u32) -> u32 {
  let s = u_high[g];
  if (s == 0.0) { return 0u; }
  let top = f32((1u << c.bits) - 1u);
  if ((c.flags & SYMMETRIC) == 0u) { return u32(clamp(round(uniform_steps(c, x - u_low[g], s)), 0.0, top)); }
  if (c.bits == 1u) { return select(0u, 1u, x >= 0.0); }
  return u32(clamp(round(uniform_steps(c, x, s)) + f32(1u << (c.bits - 1u)), 0.0, top));
}
${affineEncode('uniform')}`,
};

export default codec;
