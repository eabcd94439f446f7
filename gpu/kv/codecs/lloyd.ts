import type { Codec } from '../codec';
import { ownOf } from '../codec';
import type { Side } from '../config';
import { groupSize } from '../config';
import { borders, LEVELS } from '../lloyd-max';

const NORMS = ['raw', 'unit', 'unbiased'];
const WIDTHS = [1, 2, 3, 4, 5];

/** `level[m]` for four magnitudes `m` at once, as a tree of selects: an array indexed at run time is slow on software adapters. */
function pick(levels: readonly number[], bit: number): string {
  if (levels.length === 1) return `vec4f(${levels[0]})`;
  const half = levels.length / 2;
  const [low, high] = [levels.slice(0, half), levels.slice(half)];
  return `select(${pick(low, bit - 1)}, ${pick(high, bit - 1)}, (m & vec4u(${1 << bit}u)) != vec4u(0u))`;
}
const levelCase = (bits: number): string => `case ${bits}u: { size = ${pick(LEVELS[bits], bits - 2)}; }`;

const countCase = (bits: number): string => {
  const terms = borders(bits).map((border) => `u32(a > ${border})`);
  return `case ${bits}u: { m = ${terms.join(' + ') || '0u'}; }`;
};

/** Numbers of a group that are stored beside its codes: the length, and the RMS of the residual. */
const numbers = (side: Side): number => (ownOf(codec, side).residual === 'coord' ? 2 : 1);

/**
 * Direction and length of each group (by default the whole head), defined in `reference/codecs/lloyd.ts`.
 * Scales: length and residual as f32 words, or as halves in one word; a length alone takes half a word.
 */
const codec: Codec = {
  id: 'lloyd',
  title: 'Lloyd-Max vector',
  text:
    'A head is stored as its length and its direction. The coordinates of the direction are close to normal numbers after a ' +
    'rotation, and each is replaced by the nearest of the 2^b levels that are best for those.',
  formula: 'x = n u, n = |x|, code = borders below u, value = n level[code] / sqrt(D)',
  source: 'https://arxiv.org/abs/2504.19874',
  bits: WIDTHS,
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
      text: 'coord spends one of the bits on the sign of what the levels leave over, times its root mean square.',
      unit: '',
      perSide: true,
      default: 'none',
      choices: ['none', 'coord'],
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
    return [NORMS.indexOf(String(own.norm)), numbers(side) - 1, own.meta === 'f32' ? 1 : 0];
  },
  refuses(side, headDim) {
    const own = ownOf(codec, side);
    if (side.along === 'token') return 'codec=lloyd codes one token at a time; leave along=channel.';
    if (own.residual === 'coord' && side.bits < 2) return 'residual=coord needs one bit of its own; use 2 or more.';
    if (own.pad === 0) return null;
    if (side.group !== 'head') return 'pad fills up whole heads; use group=head.';
    return 128 % headDim === 0 ? null : `pad=128 needs a head_dim that divides 128; this model has ${headDim}.`;
  },
  read: /* wgsl */ `
// Levels of four codes of an N(0, 1) codebook.
fn lloyd_levels(code: vec4u, bits: u32) -> vec4f {
  let half = vec4u(1u << (bits - 1u));
  let is_up = code >= half;
  let m = select(half - 1u - code, code - half, is_up);
  var size = vec4f(0.0);
  switch (bits) {
    ${WIDTHS.map(levelCase).join('\n    ')}
    default: { }
  }
  return select(-size, size, is_up);
}
// Four values of a group of length n from codes; rho = size of the residual's sign.
fn lloyd_values(c: Class, code: vec4u, n: f32, rho: f32) -> vec4f {
  let inner = c.bits - c.p1;
  let levels = lloyd_levels(code & vec4u((1u << inner) - 1u), inner);
  let sign = select(vec4f(-rho), vec4f(rho), (code >> vec4u(inner)) != vec4u(0u));
  return n * fma(levels, vec4f(1.0 / sqrt(f32(c.group))), sign);
}
// Length and residual of group g, whose numbers begin at word at.
fn lloyd_length(c: Class, at: u32, g: u32) -> vec2f {
  if (c.p2 == 1u) {
    let word = at + g * (1u + c.p1);
    return vec2f(bitcast<f32>(scales[word]), select(0.0, bitcast<f32>(scales[word + c.p1]), c.p1 == 1u));
  }
  if (c.p1 == 1u) { return unpack2x16float(scales[at + g]); }
  return vec2f(unpack2x16float(scales[at + (g >> 1u)] >> ((g & 1u) * 16u)).x, 0.0);
}
// Four codes whose first bit is bit \`at\` of the words from \`base\`.
fn lloyd_quad(c: Class, base: u32, at: u32) -> vec4u {
  let w = base + (at >> 5u);
  let shift = at & 31u;
  var window = codes[w] >> shift;
  if (shift + 4u * c.bits > 32u) { window |= codes[w + 1u] << (32u - shift); }
  return (vec4u(window) >> (vec4u(0u, 1u, 2u, 3u) * c.bits)) & vec4u((1u << c.bits) - 1u);
}
fn lloyd_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let row_at = slot * HK + head;
  let base = c.code_base + row_at * c.code_stride;
  let n = lloyd_length(c, c.scale_base + row_at * c.scale_stride, o * 8u / c.group);
  return Oct(
    lloyd_values(c, lloyd_quad(c, base, o * 8u * c.bits), n.x, n.y),
    lloyd_values(c, lloyd_quad(c, base, (o * 8u + 4u) * c.bits), n.x, n.y));
}`,
  write: /* wgsl */ `
// Borders of an N(0, 1) codebook that lie below t.
fn lloyd_code(t: f32, bits: u32) -> u32 {
  let a = abs(t);
  var m = 0u;
  switch (bits) {
    ${WIDTHS.map(countCase).join('\n    ')}
    default: { }
  }
  let half = 1u << (bits - 1u);
  return select(half - 1u - m, half + m, t > 0.0);
}
fn lloyd_store(c: Class, at: u32, g: u32, n: f32, rho: f32) {
  if (c.p2 == 1u) {
    scales[at + g * (1u + c.p1)] = bitcast<u32>(n);
    if (c.p1 == 1u) { scales[at + 2u * g + 1u] = bitcast<u32>(rho); }
  } else if (c.p1 == 1u) {
    scales[at + g] = to_halves(n, rho);
  } else {
    let word = at + (g >> 1u);
    scales[word] = select((scales[word] & 0xffffu) | (to_half(n) << 16u), to_half(n), (g & 1u) == 0u);
  }
}
// Codes group g in place: row holds the codes afterwards.
fn lloyd_group(c: Class, at: u32, g: u32) {
  let first = g * c.group;
  let end = first + c.group;
  let inner = c.bits - c.p1;
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
  if (c.p1 == 1u) {
    rho = sqrt(rest / f32(c.group) + 1e-8) / root;
    if (c.p2 == 0u) { rho = from_half(to_half(rho)); }
  }
  // Products of the coded direction, with itself and with the true one.
  var self_product = 0.0;
  var product = 0.0;
  for (var i = first; i < end; i++) {
    let t = row[i] * scale;
    var code = lloyd_code(t, inner);
    if (c.p1 == 1u && t >= lloyd_levels(vec4u(code), inner).x) { code |= 1u << inner; }
    let coded = lloyd_values(c, vec4u(code), 1.0, rho).x;
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
  for (var g = 0u; g < params.channels / c.group; g++) { lloyd_group(c, c.scale_base + row_at * c.scale_stride, g); }
  let base = c.code_base + row_at * c.code_stride;
  var w = base;
  var word = 0u;
  var used = 0u;
  for (var i = 0u; i < params.channels; i++) {
    let code = u32(row[i]);
    word |= code << used;
    used += c.bits;
    if (used >= 32u) {
      codes[w] = word;
      w++;
      used -= 32u;
      word = select(0u, code >> (c.bits - used), used > 0u);
    }
  }
  // A padded head repeats its codes: the Hadamard transform of (x, 0) is (W x, W x) / sqrt 2.
  let own_words = w - base;
  for (; w < base + c.code_stride; w++) { codes[w] = codes[w - own_words]; }
}`,
};

export default codec;
