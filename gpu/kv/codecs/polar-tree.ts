import type { Codec } from '../codec';
import { QUARTER_ANGLES, QUARTER_SLOPES, TREE_ANGLES, treeSlopes } from '../polar-angles';

/** Cosine and sine of the angle of a code 0 .. 3. */
const pick = (angles: readonly number[]): string => {
  const [a, b, c, d] = angles.map((angle) => `vec2f(${Math.cos(angle)}, ${Math.sin(angle)})`);
  return `select(select(${a}, ${b}, code == 1u), select(${c}, ${d}, code == 3u), code > 1u)`;
};

/** How many of the borders b / a is not below. */
const count = (slopes: readonly number[]): string =>
  slopes.map((slope) => `select(0u, 1u, b >= a * ${slope})`).join(' + ');

/**
 * Sixteen channels as one length and fifteen angles, defined in `reference/codecs/polar-tree.ts`. Two words of codes per sixteen channels:
 * eight angles of 4 bits, then four, two and one of 2 bits with the f16 length in the high half.
 */
const codec: Codec = {
  id: 'polar-tree',
  title: 'Tree of angles',
  text:
    'Sixteen channels are taken in pairs: each pair is a length and an angle, the lengths are taken in pairs again, and so on up to one ' +
    'length. The eight lower angles get 4 bits, the seven upper ones, which bunch around 45 degrees after a rotation, get 2.',
  formula:
    'a = atan2(x[2i + 1], x[2i]), r = |(x[2i], x[2i + 1])|, then the same for r; 8 x 4 + 7 x 2 + 16 bits for 16 channels',
  source: 'https://arxiv.org/abs/2502.02617',
  bits: [4],
  params: [],
  layout: (_, headDim) => ({ codeWords: headDim / 8, scaleWords: 0, blockTokens: 1, bits: 62 / 16 }),
  refuses(side) {
    if (side.along === 'token') return 'codec=polar-tree codes one token at a time; leave along=channel.';
    if (side.scheme === 'sym') return 'codec=polar-tree keeps lengths and angles; leave scheme=asym.';
    return side.group === 'head' ? null : 'codec=polar-tree always takes 16 channels together; use group=head.';
  },
  read: /* wgsl */ `
fn polar_tree_first(code_at: u32) -> vec2f {
  let code = code_at & 3u;
  let p = ${pick(QUARTER_ANGLES)};
  let quarter = (code_at >> 2u) & 3u;
  let turned = select(p, vec2f(-p.y, p.x), (quarter & 1u) == 1u);
  return select(turned, -turned, quarter > 1u);
}
${TREE_ANGLES.map(
  (angles, depth) => `fn polar_tree_pair_${depth}(word: u32) -> vec2f {
  let code = word & 3u;
  return ${pick(angles)};
}`,
).join('\n')}
fn polar_tree_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let at = c.code_base + (slot * HK + head) * c.code_stride + (o >> 1u) * 2u;
  let half = o & 1u;
  let upper = codes[at + 1u];
  let top = polar_tree_pair_2(upper >> 12u) * unpack2x16float(upper >> 16u).x;
  let two = polar_tree_pair_1(upper >> (8u + 2u * half)) * select(top.x, top.y, half == 1u);
  let low = polar_tree_pair_0(upper >> (4u * half)) * two.x;
  let high = polar_tree_pair_0(upper >> (4u * half + 2u)) * two.y;
  let first = codes[at] >> (16u * half);
  return Oct(
    vec4f(polar_tree_first(first) * low.x, polar_tree_first(first >> 4u) * low.y),
    vec4f(polar_tree_first(first >> 8u) * high.x, polar_tree_first(first >> 12u) * high.y));
}`,
  write: /* wgsl */ `
fn polar_tree_sector(x: f32, y: f32) -> u32 {
  let quarter = select(select(0u, 1u, x < 0.0), select(3u, 2u, x < 0.0), y < 0.0);
  let odd = (quarter & 1u) == 1u;
  let a = select(abs(x), abs(y), odd);
  let b = select(abs(y), abs(x), odd);
  return quarter * 4u + ${count(QUARTER_SLOPES)};
}
${TREE_ANGLES.map(
  (_, depth) => `fn polar_tree_code_${depth}(a: f32, b: f32) -> u32 { return ${count(treeSlopes(depth))}; }`,
).join('\n')}
fn polar_tree_length(a: f32, b: f32) -> f32 { return sqrt(a * a + b * b); }
fn polar_tree_encode(c: Class, slot: u32, head: u32) {
  load_row(0u, head, c);
  let base = c.code_base + (slot * HK + head) * c.code_stride;
  for (var block = 0u; block < params.channels / 16u; block++) {
    let at = block * 16u;
    var first = 0u;
    for (var i = 0u; i < 8u; i++) {
      let x = row[at + 2u * i];
      let y = row[at + 2u * i + 1u];
      first |= polar_tree_sector(x, y) << (4u * i);
      row[at + i] = polar_tree_length(x, y);
    }
    var upper = 0u;
    for (var i = 0u; i < 4u; i++) {
      let a = row[at + 2u * i];
      let b = row[at + 2u * i + 1u];
      upper |= polar_tree_code_0(a, b) << (2u * i);
      row[at + i] = polar_tree_length(a, b);
    }
    upper |= polar_tree_code_1(row[at], row[at + 1u]) << 8u;
    upper |= polar_tree_code_1(row[at + 2u], row[at + 3u]) << 10u;
    let low = polar_tree_length(row[at], row[at + 1u]);
    let high = polar_tree_length(row[at + 2u], row[at + 3u]);
    upper |= polar_tree_code_2(low, high) << 12u;
    codes[base + 2u * block] = first;
    codes[base + 2u * block + 1u] = upper | (to_half(polar_tree_length(low, high)) << 16u);
  }
}`,
};

export default codec;
