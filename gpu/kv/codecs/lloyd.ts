import type { Codec } from '../codec';
import { ownOf } from '../codec';
import type { Side } from '../config';
import { groupSize } from '../config';
import { codeWgsl, LEVELS, levelsWgsl } from '../lloyd-max';

const NORMS = ['raw', 'unit', 'unbiased'];
const RESIDUALS = ['none', 'coord', 'qjl'];

/** Numbers of a group that are stored beside its codes: the length, and the size of the residual. */
const numbers = (side: Side): number => (ownOf(codec, side).residual === 'none' ? 1 : 2);

/**
 * Direction and length of each group (by default the whole head), defined in `reference/codecs/lloyd.ts`.
 * Scales: length and residual as f32 words, or as halves in one word; a length alone takes half a word. With `qjl` the signs of
 * the sketch stand behind the codes, a bit per channel.
 */
const codec: Codec = {
  id: 'lloyd',
  title: 'Lloyd-Max vector',
  text:
    'A head is stored as its length and its direction. The coordinates of the direction are close to normal numbers after a ' +
    'rotation, and each is replaced by the nearest of the 2^b levels that are best for those.',
  formula: 'x = n u, n = |x|, code = borders below u, value = n level[code] / sqrt(D)',
  source: 'https://arxiv.org/abs/2504.19874',
  bits: Object.keys(LEVELS).map(Number),
  params: [
    {
      key: 'norm',
      title: 'Length rule',
      text:
        'raw stores the length of the head; unit divides it by the length of the coded direction; unbiased by its product with the ' +
        'true one, so that scores keep their size on average.',
      unit: '',
      perSide: true,
      default: 'raw',
      choices: NORMS,
    },
    {
      key: 'residual',
      title: 'Residual sign',
      text:
        'One of the bits goes to what the levels leave over: coord keeps its signs, times the root mean square; qjl the signs of ' +
        'random sums of it, which makes scores right on average.',
      unit: '',
      perSide: true,
      default: 'none',
      choices: RESIDUALS,
    },
    {
      key: 'meta',
      title: 'Stored lengths',
      text: 'Lengths are kept in FP16 or in f32.',
      unit: '',
      perSide: true,
      default: 'f16',
      choices: ['f16', 'f32'],
    },
    {
      key: 'pad',
      title: 'Padding',
      text: 'Smaller heads are filled up with zeros to so many channels before the rotation, which stores every code again.',
      unit: 'channels',
      perSide: true,
      default: 0,
      choices: [0, 128],
    },
  ],
  layout(side, headDim) {
    const width = Math.max(headDim, Number(ownOf(codec, side).pad));
    const group = groupSize(side, headDim);
    const metaBits = numbers(side) * (ownOf(codec, side).meta === 'f32' ? 32 : 16);
    return {
      codeWords: (width / 32) * side.bits,
      scaleWords: Math.ceil(((headDim / group) * metaBits) / 32),
      blockTokens: 1,
      bits: (side.bits * width) / headDim + metaBits / group,
    };
  },
  words: (side) => {
    const own = ownOf(codec, side);
    return [NORMS.indexOf(String(own.norm)), RESIDUALS.indexOf(String(own.residual)), own.meta === 'f32' ? 1 : 0];
  },
  refuses(side, headDim) {
    const own = ownOf(codec, side);
    if (side.along === 'token') return 'codec=lloyd codes one token at a time; leave along=channel.';
    if (own.residual !== 'none' && side.bits < 2) return 'residual needs one bit of its own; use 2 or more.';
    if (own.residual === 'qjl' && (own.norm !== 'raw' || own.pad !== 0 || side.group !== 'head'))
      return 'residual=qjl sketches whole heads as they are; use group=head norm=raw pad=0.';
    if (own.pad === 0) return null;
    if (side.group !== 'head') return 'pad fills up whole heads; use group=head.';
    return 128 % headDim === 0 ? null : `pad=128 needs a head_dim that divides 128; this model has ${headDim}.`;
  },
  read: /* wgsl */ `${levelsWgsl('lloyd')}
fn lloyd_inner(c: Class) -> u32 { return c.bits - min(c.p1, 1u); }
// Four values of a group of length n from codes; rho = size of the residual's sign.
fn lloyd_values(c: Class, code: vec4u, n: f32, rho: f32) -> vec4f {
  let inner = lloyd_inner(c);
  let levels = lloyd_levels(code & vec4u((1u << inner) - 1u), inner);
  let sign = select(vec4f(-rho), vec4f(rho), (code >> vec4u(inner)) != vec4u(0u));
  return n * fma(levels, vec4f(1.0 / sqrt(f32(c.group))), sign);
}
// Length and residual of group g, whose numbers begin at word at.
fn lloyd_length(c: Class, at: u32, g: u32) -> vec2f {
  if (c.p2 == 1u) {
    let more = min(c.p1, 1u);
    let word = at + g * (1u + more);
    return vec2f(bitcast<f32>(scales[word]), select(0.0, bitcast<f32>(scales[word + more]), more == 1u));
  }
  if (c.p1 > 0u) { return unpack2x16float(scales[at + g]); }
  return vec2f(unpack2x16float(scales[at + (g >> 1u)] >> ((g & 1u) * 16u)).x, 0.0);
}
// Codes i .. i + 3 of \`bits\` bits each, in the words from \`base\`.
fn lloyd_quad(base: u32, i: u32, bits: u32) -> vec4u {
  let w = base + ((i * bits) >> 5u);
  let shift = (i * bits) & 31u;
  var window = codes[w] >> shift;
  if (shift + 4u * bits > 32u) { window |= codes[w + 1u] << (32u - shift); }
  return (vec4u(window) >> (vec4u(0u, 1u, 2u, 3u) * bits)) & vec4u((1u << bits) - 1u);
}
// The signs that channel i has in sums 32 w .. 32 w + 31 of the sketch.
fn lloyd_mask(i: u32, w: u32) -> u32 {
  var x = (i * 4u + w) ^ 0x9e3779b9u;
  x = (x ^ (x >> 16u)) * 0x7feb352du;
  x = (x ^ (x >> 15u)) * 0x846ca68bu;
  return x ^ (x >> 16u);
}
// Channel i of S^T sign(S r): sums that agree with the channel's signs less those that do not.
fn lloyd_unsketched(sign_at: u32, i: u32) -> f32 {
  var off = 0u;
  for (var w = 0u; w < D / 32u; w++) { off += countOneBits(codes[sign_at + w] ^ lloyd_mask(i, w)); }
  return f32(D) - 2.0 * f32(off);
}
fn lloyd_unsketched_four(sign_at: u32, i: u32) -> vec4f {
  return vec4f(lloyd_unsketched(sign_at, i), lloyd_unsketched(sign_at, i + 1u),
    lloyd_unsketched(sign_at, i + 2u), lloyd_unsketched(sign_at, i + 3u));
}
fn lloyd_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let row_at = slot * HK + head;
  let base = c.code_base + row_at * c.code_stride;
  let n = lloyd_length(c, c.scale_base + row_at * c.scale_stride, o * 8u / c.group);
  if (c.p1 == 2u) {
    let inner = c.bits - 1u;
    let sign_at = base + (D / 32u) * inner;
    // sqrt(pi / 2) / D
    let by = n.x * n.y * 1.2533141 / f32(D);
    return Oct(
      lloyd_values(c, lloyd_quad(base, o * 8u, inner), n.x, 0.0) + by * lloyd_unsketched_four(sign_at, o * 8u),
      lloyd_values(c, lloyd_quad(base, o * 8u + 4u, inner), n.x, 0.0) + by * lloyd_unsketched_four(sign_at, o * 8u + 4u));
  }
  return Oct(
    lloyd_values(c, lloyd_quad(base, o * 8u, c.bits), n.x, n.y),
    lloyd_values(c, lloyd_quad(base, o * 8u + 4u, c.bits), n.x, n.y));
}`,
  write: /* wgsl */ `${codeWgsl('lloyd')}
fn lloyd_store(c: Class, at: u32, g: u32, n: f32, rho: f32) {
  if (c.p2 == 1u) {
    scales[at + g * (1u + min(c.p1, 1u))] = bitcast<u32>(n);
    if (c.p1 > 0u) { scales[at + 2u * g + 1u] = bitcast<u32>(rho); }
  } else if (c.p1 > 0u) {
    scales[at + g] = to_halves(n, rho);
  } else {
    let word = at + (g >> 1u);
    scales[word] = select((scales[word] & 0xffffu) | (to_half(n) << 16u), to_half(n), (g & 1u) == 0u);
  }
}
// Signs of the random sums of what the levels leave of row * scale, to the words from \`at\`.
var<private> lloyd_sums: array<f32, 32>;
fn lloyd_sketch(scale: f32, inner: u32, at: u32) {
  let sums = min(params.channels, 32u);
  for (var w = 0u; w < params.channels / 32u; w++) {
    for (var j = 0u; j < sums; j++) { lloyd_sums[j] = 0.0; }
    for (var i = 0u; i < params.channels; i++) {
      let t = row[i] * scale;
      let r = t - lloyd_levels(vec4u(lloyd_code(t, inner)), inner).x;
      let mask = lloyd_mask(i, w);
      for (var j = 0u; j < sums; j++) { lloyd_sums[j] += select(-r, r, ((mask >> j) & 1u) == 1u); }
    }
    var word = 0u;
    for (var j = 0u; j < sums; j++) { word |= select(0u, 1u << j, lloyd_sums[j] >= -1e-3); }
    codes[at + w] = word;
  }
}
// Codes group g in place: row holds the codes afterwards.
fn lloyd_group(c: Class, at: u32, g: u32, sign_at: u32) {
  let first = g * c.group;
  let end = first + c.group;
  let inner = lloyd_inner(c);
  var power = 0.0;
  for (var i = first; i < end; i++) { power = fma(row[i], row[i], power); }
  let n = sqrt(power + 1e-8);
  let root = sqrt(f32(c.group));
  let scale = root / n;
  var rest = 0.0;
  for (var i = first; i < end; i++) {
    let t = row[i] * scale;
    let r = t - lloyd_levels(vec4u(lloyd_code(t, inner)), inner).x;
    rest = fma(r, r, rest);
  }
  var rho = 0.0;
  if (c.p1 > 0u) {
    rho = sqrt(rest / f32(c.group) + 1e-8) / select(1.0, root, c.p1 == 1u);
    if (c.p2 == 0u) { rho = from_half(to_half(rho)); }
  }
  if (c.p1 == 2u) { lloyd_sketch(scale, inner, sign_at); }
  // Products of the coded direction, with itself and with the true one.
  var self_product = 0.0;
  var product = 0.0;
  for (var i = first; i < end; i++) {
    let t = row[i] * scale;
    var code = lloyd_code(t, inner);
    if (c.p1 == 1u && t >= lloyd_levels(vec4u(code), inner).x) { code |= 1u << inner; }
    let coded = lloyd_values(c, vec4u(code), 1.0, select(0.0, rho, c.p1 == 1u)).x;
    self_product = fma(coded, coded, self_product);
    product = fma(coded, t / root, product);
    row[i] = f32(code);
  }
  var by = 1.0;
  if (c.p0 == 1u) { by = sqrt(self_product); }
  if (c.p0 == 2u) { by = product; }
  lloyd_store(c, at, g, n / select(1.0, by, by > 0.01), rho);
}
fn lloyd_encode(c: Class, slot: u32, head: u32) {
  load_row(0u, head, c);
  let row_at = slot * HK + head;
  let base = c.code_base + row_at * c.code_stride;
  let width = select(c.bits, c.bits - 1u, c.p1 == 2u);
  let sign_at = base + (D / 32u) * width;
  for (var g = 0u; g < params.channels / c.group; g++) {
    lloyd_group(c, c.scale_base + row_at * c.scale_stride, g, sign_at);
  }
  var w = base;
  var word = 0u;
  var used = 0u;
  for (var i = 0u; i < params.channels; i++) {
    let code = u32(row[i]);
    word |= code << used;
    used += width;
    if (used >= 32u) {
      codes[w] = word;
      w++;
      used -= 32u;
      word = select(0u, code >> (width - used), used > 0u);
    }
  }
  // A padded head repeats its codes: the Hadamard transform of (x, 0) is (W x, W x) / sqrt 2.
  let own_words = w - base;
  if (c.p1 == 2u) { return; }
  for (; w < base + c.code_stride; w++) { codes[w] = codes[w - own_words]; }
}`,
};

export default codec;
