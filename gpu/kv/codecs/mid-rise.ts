import { f32Bits } from '../bits';
import type { Codec } from '../codec';
import { ownOf } from '../codec';

const BLOCK = 32;

/**
 * Blocks of 32 channels in `bits` words of codes, half a word of scale per block. Class: c.p0 = 1 for v2, c.p1 = compander,
 * c.p2 = 2^(1 - bits). Defined in `reference/codecs/mid-rise.ts`.
 */
const codec: Codec = {
  id: 'mid-rise',
  title: 'ExLlama grid',
  text:
    'The cache grids of ExLlama: 32 channels share one FP16 scale, their largest magnitude. Version 3 cuts the range into even cells ' +
    'and reads the middle of a cell, so that no code stands for zero; version 2 has a code for zero and loses the topmost step.',
  formula:
    'h = 2^(b-1), a = max|x|. v3: code = floor(x/a h + h), value = a (code - h + 1/2)/h. v2: code = round(x/a h) + h, value = ' +
    'a (code - h)/h. Compander c of v3: even cells in t with x = a (c t + (1 - c) t^3)',
  source: 'https://github.com/turboderp-org/exllamav3',
  bits: [2, 3, 4, 5, 6, 7, 8],
  params: [
    {
      key: 'variant',
      title: 'Version',
      text: "Which ExLlama's grid: v3 has no code for zero, v2 has one.",
      unit: '',
      perSide: true,
      default: 'v3',
      choices: ['v3', 'v2'],
    },
    {
      key: 'compand',
      title: 'Compander',
      text: 'Bends the grid of v3: the smaller, the finer around zero; 0 leaves it even, as 1 does.',
      unit: '',
      perSide: true,
      default: 0,
      min: 0,
      max: 1,
      step: 0.05,
    },
  ],
  layout: (side, headDim) => ({
    codeWords: (headDim / BLOCK) * side.bits,
    scaleWords: Math.ceil(headDim / BLOCK / 2),
    blockTokens: 1,
    bits: side.bits + 16 / BLOCK,
  }),
  words(side) {
    const { variant, compand } = ownOf(codec, side);
    return [variant === 'v2' ? 1 : 0, f32Bits(Number(compand)), f32Bits(2 ** (1 - side.bits))];
  },
  refuses(side, headDim) {
    const { variant, compand } = ownOf(codec, side);
    if (variant === 'v2' && compand !== 0) return 'compand belongs to variant=v3.';
    if (side.along !== 'channel' || side.group !== BLOCK || side.scheme !== 'asym')
      return 'codec=mid-rise has blocks of 32 channels of its own form; leave group, along and scheme as they are.';
    return headDim % BLOCK === 0 ? null : `codec=mid-rise needs a head_dim that 32 divides; this model has ${headDim}.`;
  },
  read: /* wgsl */ `
fn mid_rise_bend(c: Class, t: vec4f) -> vec4f {
  let a = bitcast<f32>(c.p1);
  return select(t * (t * t * (1.0 - a) + a), t, vec4<bool>(a == 0.0));
}
fn mid_rise_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let row_at = slot * HK + head;
  let code = code_octet(c, slot, head, o);
  let g = o >> 2u;
  let scale = unpack2x16float(scales[c.scale_base + row_at * c.scale_stride + (g >> 1u)] >> ((g & 1u) * 16u)).x;
  let zero = f32(1u << (c.bits - 1u)) - select(0.5, 0.0, c.p0 == 1u);
  let cell = bitcast<f32>(c.p2);
  return Oct(
    mid_rise_bend(c, (code.lo - zero) * cell) * scale,
    mid_rise_bend(c, (code.hi - zero) * cell) * scale);
}`,
  write: /* wgsl */ `
// The last cell whose lower border, bent, is not above x; cells are even in t.
fn mid_rise_cell(c: Class, x: f32) -> u32 {
  let a = bitcast<f32>(c.p1);
  var code = 0u;
  for (var bit = 1u << (c.bits - 1u); bit > 0u; bit >>= 1u) {
    let t = f32(code | bit) * bitcast<f32>(c.p2) - 1.0;
    if (t * (t * t * (1.0 - a) + a) <= x) { code |= bit; }
  }
  return code;
}
fn mid_rise_code(c: Class, y: f32, scale: f32) -> u32 {
  let zero = f32(1u << (c.bits - 1u));
  if (scale == 0.0) { return u32(zero); }
  let x = y / scale;
  if (c.p0 == 1u) { return u32(clamp(round(x * zero) + zero, 0.0, 2.0 * zero - 1.0)); }
  if (c.p1 != 0u) { return mid_rise_cell(c, x); }
  return u32(clamp(floor(x * zero + zero), 0.0, 2.0 * zero - 1.0));
}
fn mid_rise_encode(c: Class, slot: u32, head: u32) {
  load_row(0u, head, c);
  let row_at = slot * HK + head;
  pack_begin(c.code_base + row_at * c.code_stride);
  for (var first = 0u; first < params.channels; first += c.group) {
    let g = first / c.group;
    var most = 0.0;
    for (var i = first; i < first + c.group; i++) { most = max(most, abs(row[i])); }
    let half = to_half(min(most + select(1e-10, 0.0, c.p0 == 1u), 65504.0));
    let scale = from_half(half);
    let at = c.scale_base + row_at * c.scale_stride + (g >> 1u);
    scales[at] = select((scales[at] & 0xffffu) | (half << 16u), half, (g & 1u) == 0u);
    for (var i = first; i < first + c.group; i++) {
      let code = mid_rise_code(c, row[i], scale);
      pack_code(code, c.bits);
    }
  }
}`,
};

export default codec;
