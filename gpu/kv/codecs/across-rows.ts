import type { Codec } from '../codec';
import { ownOf } from '../codec';
import { groupSize, storedBits } from '../config';

const STEPS = 20;
const MOST_GROUP = 128;

/**
 * Groups over the rows of all heads, [heads][tokens][channels] seen as one list; defined in `reference/codecs/across-rows.ts`. Header: tokens
 * that were coded together, steps of refinement; then a word per group, f16 step low, f16 least value (`last`) or zero (`first`) high.
 * A layer has room for the groups of as many rows as it has, and one more for each channel.
 * c.p0 = 1 for `first`, c.p1 = most steps of refinement, c.p2 = largest code.
 */
const GROUP = /* wgsl */ `
var<private> across_x: array<f32, ${MOST_GROUP}>;
// Loads the values of group q; the op of the row in slot t is \`first + t\`. Returns how many there are.
fn across_rows_load(c: Class, first: u32, tokens: u32, q: u32) -> u32 {
  let count = across_rows_count(c, tokens);
  var n = 0u;
  for (var k = 0u; k < c.group; k++) {
    var e = q + k * count;
    if (c.p0 == 0u) { e = ((q / D) * c.group + k) * D + q % D; }
    if (e >= HK * tokens * D) { break; }
    let r = e / D;
    across_x[k] = value_at(ops[first + r % tokens].x, r / tokens, e % D);
    n++;
  }
  return n;
}
fn across_rows_ends(n: u32) -> vec2f {
  var ends = vec2f(across_x[0]);
  for (var i = 1u; i < n; i++) { ends = vec2f(min(ends.x, across_x[i]), max(ends.y, across_x[i])); }
  return ends;
}
// HQQ: codes per unit and the place of zero among the codes.
fn across_rows_start(c: Class, ends: vec2f) -> vec2f {
  var s = 2e4;
  if ((ends.y - ends.x) * 2e4 > f32(c.p2)) { s = f32(c.p2) / (ends.y - ends.x); }
  return vec2f(s, -ends.x * s);
}
// One step: the next zero, and the sum of |x - value| before it.
fn across_rows_refine(c: Class, n: u32, s: f32, z: f32) -> vec2f {
  var sum = 0.0;
  var error = 0.0;
  for (var i = 0u; i < n; i++) {
    let x = across_x[i];
    let code = clamp(round(x * s + z), 0.0, f32(c.p2));
    let u = x - (code - z) / s;
    let size = abs(u);
    var kept = 0.0;
    if (size > 0.0) { kept = max(0.0, size - pow(size, -0.3) / 10.0); }
    sum += code - (x - sign(u) * kept) * s;
    error += size;
  }
  return vec2f(sum / f32(n), error);
}`;

const codec: Codec = {
  id: 'across-rows',
  title: 'Groups across rows',
  text:
    'Values of one channel, or of scattered places, share a scale over the rows of all heads, as the flattened cache has them. With every ' +
    'flush there are more rows, so the groups fall elsewhere: all rows are then coded again, from what they read as, and errors add up.',
  formula:
    'last: group j of channel d = rows jg .. jg + g - 1 of [heads x tokens], s = (max - min) / (2^b - 1), value = s code + min; first: ' +
    'group j = values j, j + n, j + 2n ... of [heads x tokens x channels], n groups, with the zero of HQQ',
  source: 'https://huggingface.co/docs/transformers/kv_cache',
  bits: [1, 2, 3, 4, 8],
  params: [
    {
      key: 'axis',
      title: 'Axis',
      text: 'last (quanto, axis -1) groups rows of one channel; first (HQQ, axis 0) takes every n-th value of the whole tensor.',
      unit: '',
      perSide: true,
      default: 'last',
      choices: ['last', 'first'],
    },
  ],
  layout(side, headDim, kvHeads = 1) {
    const group = groupSize(side, headDim);
    return {
      codeWords: (headDim / 32) * storedBits(side.bits),
      scaleWords: Math.ceil(headDim / group),
      rowScaleWords: Math.ceil((kvHeads * headDim) / group),
      blockTokens: 1,
      bits: side.bits + 32 / group,
      headerWords: 2 + headDim,
    };
  },
  words: (side) => [ownOf(codec, side).axis === 'first' ? 1 : 0, STEPS, 2 ** side.bits - 1],
  refuses({ along, scheme, transforms }) {
    if (along === 'token') return 'codec=across-rows has groups of its own; leave along=channel.';
    if (transforms.length > 0) return 'codec=across-rows groups channels as they are; leave transform=none.';
    return scheme === 'sym' ? 'codec=across-rows always stores two ends; leave scheme=asym.' : null;
  },
  shared: /* wgsl */ `
fn across_rows_count(c: Class, tokens: u32) -> u32 {
  if (c.p0 == 0u) { return (HK * tokens + c.group - 1u) / c.group * D; }
  return (HK * tokens * D + c.group - 1u) / c.group;
}
// Group of channel 0 of a row; that of channel i is i further, modulo the number of groups.
fn across_rows_first(c: Class, tokens: u32, slot: u32, head: u32) -> u32 {
  let r = head * tokens + slot;
  return select(r, r / c.group, c.p0 == 0u) * D;
}
// Step and offset of a word of scales.
fn across_rows_affine(c: Class, word: u32) -> vec2f {
  let p = unpack2x16float(word);
  return vec2f(p.x, select(-p.x * p.y, p.y, c.p0 == 0u));
}`,
  read: /* wgsl */ `
fn across_rows_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let code = code_octet(c, slot, head, o);
  let tokens = scales[c.header];
  let count = across_rows_count(c, tokens);
  let first = across_rows_first(c, tokens, slot, head) + o * 8u;
#for i 8
  let p_{i} = across_rows_affine(c, scales[c.header + 2u + (first + {i}u) % count]);
#end
  return Oct(
    code.lo * vec4f(p_0.x, p_1.x, p_2.x, p_3.x) + vec4f(p_0.y, p_1.y, p_2.y, p_3.y),
    code.hi * vec4f(p_4.x, p_5.x, p_6.x, p_7.x) + vec4f(p_4.y, p_5.y, p_6.y, p_7.y));
}`,
  write: /* wgsl */ `
fn across_rows_encode(c: Class, slot: u32, head: u32) {
  load_row(0u, head, c);
  let tokens = scales[c.header];
  let count = across_rows_count(c, tokens);
  let first = across_rows_first(c, tokens, slot, head);
  pack_begin(c.code_base + (slot * HK + head) * c.code_stride);
  for (var i = 0u; i < params.channels; i++) {
    let p = unpack2x16float(scales[c.header + 2u + (first + i) % count]);
    var place = row[i] / p.x + p.y;
    if (c.p0 == 0u) { place = (row[i] - p.y) / p.x; }
    pack_code(select(u32(clamp(round(place), 0.0, f32(c.p2))), 0u, p.x == 0.0), c.bits);
  }
}`,
  groups: /* wgsl */ `
${GROUP}
fn across_rows_scales(c: Class, n: u32, steps: u32) -> u32 {
  let ends = across_rows_ends(n);
  if (c.p0 == 0u) { return to_halves((ends.y - ends.x) / f32(c.p2), ends.x); }
  let start = across_rows_start(c, ends);
  var z = start.y;
  for (var i = 0u; i < steps; i++) { z = across_rows_refine(c, n, start.x, z).x; }
  // A zero beyond FP16: nothing but the least value.
  if ((to_half(z) & 0x7fffu) >= 0x7c00u) { return to_halves(ends.x, -1.0); }
  return to_halves(1.0 / start.x, z);
}
fn across_rows_groups(c: Class, first: u32, worker: u32) {
  let tokens = scales[c.header];
  let steps = scales[c.header + 1u];
  let count = across_rows_count(c, tokens);
  let room = D + tokens * ((HK * D + c.group - 1u) / c.group);
  for (var q = worker; q < room; q += HK * D) {
    var word = 0u;
    if (q < count) { word = across_rows_scales(c, across_rows_load(c, first, tokens, q), steps); }
    scales[c.header + 2u + q] = word;
  }
}`,
  survey: {
    values: STEPS,
    combine: 'sum',
    when: 'always',
    wgsl: /* wgsl */ `
${GROUP}
// Sums of |x - value| at the start of each step; the thread of a row looks at a share of the groups.
fn across_rows_survey(c: Class, head: u32) {
  if (c.p0 == 0u) { return; }
  let to = op_of(head, 0u).y;
  let slot = to & 0xfffffffu;
  let range = step.ops[lane_side];
  let end = range.x + params.layer * range.y + range.w;
  let first = op_row - slot;
  var tokens = slot;
  while (first + tokens < end && (ops[first + tokens].y >> 28u) == (to >> 28u)) { tokens++; }
  let count = across_rows_count(c, tokens);
  for (var q = slot * HK + head; q < count; q += HK * tokens) {
    let n = across_rows_load(c, first, tokens, q);
    let start = across_rows_start(c, across_rows_ends(n));
    var z = start.y;
    for (var i = 0u; i < c.p1; i++) {
      let next = across_rows_refine(c, n, start.x, z);
      found[i] += next.y;
      z = next.x;
    }
  }
}`,
    settle: /* wgsl */ `
fn across_rows_settle(c: Class) {
  scales[c.header] = rows;
  scales[c.header + 1u] = falling_steps(c.p1);
}`,
  },
};

export default codec;
