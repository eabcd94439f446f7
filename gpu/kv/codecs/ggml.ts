import type { Codec } from '../codec';
import { ownOf } from '../codec';
import type { Side } from '../config';

const BLOCK = 32;
const TYPES = ['q8_0', 'q5_1', 'q5_0', 'q4_1', 'q4_0', 'iq4_nl'];
const DEFAULT = 'q4_0';
/** How the shaders tell the block types apart: c.p0. */
const KINDS = { away: 0, centred: 1, minimum: 2, uneven: 3 };

const bitsOf = (type: string): number => Number(/\d/.exec(type));
const wanted = (side: Side): string => String(ownOf(codec, side).type);
/** A side that a slider moved to another width has the plain type of that width. */
const typeOf = (side: Side): string => (bitsOf(wanted(side)) === side.bits ? wanted(side) : `q${side.bits}_0`);

function kindOf(type: string): number {
  if (type === 'q8_0') return KINDS.away;
  if (type === 'iq4_nl') return KINDS.uneven;
  return type.endsWith('_1') ? KINDS.minimum : KINDS.centred;
}

/**
 * Blocks of 32 channels in `bits` words of codes (q8_0 stores code + 128). Scales: one word per block (d low, m high) for the types
 * that end in _1, else half a word per block. Defined in `reference/codecs/ggml.ts`.
 */
const codec: Codec = {
  id: 'ggml',
  title: 'ggml blocks',
  text:
    'The block types that llama.cpp offers for its cache: 32 channels of one token share a scale in FP16, and a minimum in the types ' +
    'that end in _1. q4_0 and q5_0 stretch their codes so that the largest value is met exactly; iq4_nl has 16 uneven steps.',
  formula:
    'q8_0: d = max|x|/127, code = round(x/d). q4_0, q5_0: d = M/-2^(b-1), M the value of largest magnitude, code = ' +
    'floor(x/d + 2^(b-1) + 1/2). q4_1, q5_1: d = (max - min)/(2^b - 1), code = floor((x - min)/d + 1/2). iq4_nl: nearest of 16 steps',
  source: 'https://github.com/ggml-org/llama.cpp',
  bits: [4, 5, 8],
  params: [
    {
      key: 'type',
      title: 'Block type',
      text: 'The ggml block type; its width must be that of the side.',
      unit: '',
      perSide: true,
      default: DEFAULT,
      choices: TYPES,
    },
  ],
  layout(side, headDim) {
    const perWord = kindOf(typeOf(side)) === KINDS.minimum ? 1 : 2;
    const blocks = headDim / BLOCK;
    return {
      codeWords: blocks * side.bits,
      scaleWords: Math.ceil(blocks / perWord),
      blockTokens: 1,
      bits: side.bits + 32 / perWord / BLOCK,
    };
  },
  words: (side) => [kindOf(typeOf(side))],
  refuses(side, headDim) {
    if (bitsOf(wanted(side)) !== side.bits) return `type=${wanted(side)} has ${bitsOf(wanted(side))}-bit codes.`;
    if (side.along !== 'channel' || side.group !== BLOCK || side.scheme !== 'asym')
      return 'codec=ggml has blocks of 32 channels of its own form; leave group, along and scheme as they are.';
    return headDim % BLOCK === 0 ? null : `codec=ggml needs a head_dim that 32 divides; this model has ${headDim}.`;
  },
  shared: /* wgsl */ `
const GGML_AWAY = ${KINDS.away}u;
const GGML_MINIMUM = ${KINDS.minimum}u;
const GGML_UNEVEN = ${KINDS.uneven}u;
// The uneven steps of iq4_nl, four signed bytes to a word.
fn ggml_step(code: vec4u) -> vec4f {
  let low = select(vec4u(0xbfad9881u), vec4u(0xf6eaddcfu), (code & vec4u(4u)) != vec4u(0u));
  let high = select(vec4u(0x26190d01u), vec4u(0x71594535u), (code & vec4u(4u)) != vec4u(0u));
  let word = select(low, high, (code & vec4u(8u)) != vec4u(0u));
  return vec4f(bitcast<vec4i>(word << (vec4u(24u) - (code & vec4u(3u)) * vec4u(8u))) >> vec4u(24u));
}`,
  read: /* wgsl */ `
fn ggml_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let row_at = slot * HK + head;
  let code = code_eight(c, slot, head, o);
  let g = o >> 2u;
  let scale_at = c.scale_base + row_at * c.scale_stride;
  if (c.p0 == GGML_MINIMUM) {
    let a = unpack2x16float(scales[scale_at + g]);
    return Oct(vec4f(code.lo) * a.x + a.y, vec4f(code.hi) * a.x + a.y);
  }
  let d = unpack2x16float(scales[scale_at + (g >> 1u)] >> ((g & 1u) * 16u)).x;
  if (c.p0 == GGML_UNEVEN) { return Oct(ggml_step(code.lo) * d, ggml_step(code.hi) * d); }
  let zero = f32(1u << (c.bits - 1u));
  return Oct((vec4f(code.lo) - zero) * d, (vec4f(code.hi) - zero) * d);
}`,
  write: /* wgsl */ `
fn ggml_above(x: f32, borders: vec4f) -> vec4u { return select(vec4u(0u), vec4u(1u), vec4f(x) >= borders); }
// Borders between the uneven steps that lie at or below x.
fn ggml_nearest(x: f32) -> u32 {
  let n = ggml_above(x, vec4f(-115.5, -93.5, -74.0, -57.0)) + ggml_above(x, vec4f(-42.0, -28.5, -16.0, -4.5)) +
    ggml_above(x, vec4f(7.0, 19.0, 31.5, 45.5)) + ggml_above(x, vec4f(61.0, 79.0, 101.0, 1e30));
  return n.x + n.y + n.z + n.w;
}
fn ggml_code(c: Class, x: f32, low: f32, inverse: f32) -> u32 {
  let zero = f32(1u << (c.bits - 1u));
  if (c.p0 == GGML_UNEVEN) { return ggml_nearest(x * inverse); }
  if (c.p0 == GGML_AWAY) { return u32(sign(x) * floor(abs(x * inverse) + 0.5) + zero); }
  let steps = select(x * inverse + (zero + 0.5), (x - low) * inverse + 0.5, c.p0 == GGML_MINIMUM);
  return u32(clamp(floor(steps), 0.0, 2.0 * zero - 1.0));
}
fn ggml_encode(c: Class, slot: u32, head: u32) {
  load_row(0u, head, c);
  let row_at = slot * HK + head;
  let scale_at = c.scale_base + row_at * c.scale_stride;
  let zero = f32(1u << (c.bits - 1u));
  pack_begin(c.code_base + row_at * c.code_stride);
  for (var first = 0u; first < params.channels; first += c.group) {
    let g = first / c.group;
    var low = row[first];
    var high = low;
    var most = 0.0;
    for (var i = first; i < first + c.group; i++) {
      low = min(low, row[i]);
      high = max(high, row[i]);
      if (abs(row[i]) > abs(most)) { most = row[i]; }
    }
    var d = most / -zero;
    if (c.p0 == GGML_AWAY) { d = abs(most) / 127.0; }
    if (c.p0 == GGML_MINIMUM) { d = (high - low) / (2.0 * zero - 1.0); }
    if (c.p0 == GGML_UNEVEN) { d = most / -127.0; }
    var inverse = 0.0;
    if (d != 0.0) { inverse = 1.0 / d; }
    var fit = vec2f(0.0);
    for (var i = first; i < first + c.group; i++) {
      let x = row[i];
      let code = ggml_code(c, x, low, inverse);
      let value = ggml_step(vec4u(code & 15u)).x;
      fit += vec2f(x * x * value * x, x * x * value * value);
      pack_code(code, c.bits);
    }
    if (c.p0 == GGML_UNEVEN) {
      d = 0.0;
      if (fit.y != 0.0) { d = fit.x / fit.y; }
    }
    let half = to_half(d);
    if (c.p0 == GGML_MINIMUM) {
      scales[scale_at + g] = half | (to_half(low) << 16u);
    } else {
      let at = scale_at + (g >> 1u);
      scales[at] = select((scales[at] & 0xffffu) | (half << 16u), half, (g & 1u) == 0u);
    }
  }
}`,
};

export default codec;
