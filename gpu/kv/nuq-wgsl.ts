/**
 * WGSL of the two codecs of KVQuant. A row of all KV heads has its codes, a span (centre and half-range) per channel or one for
 * the row, and outliers: words of channel (low half, 0xffff = unused) and exact FP16 value (high half). c.p0 = 1: with outliers.
 * The codec declares `<name>_span(c, slot, channel) -> vec2f` to read and the functions named at `nuqWrite`.
 */

/** `<name>_octet`, and what the encoder shares with it. `own`: words of the row before its outliers. */
export const nuqRead = (name: string, own: number): string => /* wgsl */ `
// Outliers of a row at each end, and where its words begin.
const ${name}_SLOTS = HK * D / 200u + 1u;
fn ${name}_row_at(c: Class, slot: u32) -> u32 { return c.scale_base + slot * HK * c.scale_stride; }
fn ${name}_level(c: Class, code: u32) -> f32 {
  let pair = unpack2x16float(scales[c.header + (code >> 1u)]);
  return select(pair.x, pair.y, (code & 1u) == 1u);
}
// One value a turn: unrolled, the loads would be too much code for software adapters.
fn ${name}_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let base = c.code_base + (slot * HK + head) * c.code_stride + (o >> 2u) * c.bits;
  let end = ((o & 3u) + 1u) * 8u * c.bits;
  let channel = head * D + o * 8u;
  var lo: vec4f;
  var hi: vec4f;
  var i = 0u;
  for (var at = end - 8u * c.bits; at < end; at += c.bits) {
    let shift = at & 31u;
    var window = codes[base + (at >> 5u)] >> shift;
    if (shift + c.bits > 32u) { window |= codes[base + (at >> 5u) + 1u] << (32u - shift); }
    let span = ${name}_span(c, slot, channel + i);
    let x = ${name}_level(c, window & ((1u << c.bits) - 1u)) * span.y + span.x;
    lo = select(lo, vec4f(x), vec4u(i) == vec4u(0u, 1u, 2u, 3u));
    hi = select(hi, vec4f(x), vec4u(i) == vec4u(4u, 5u, 6u, 7u));
    i++;
  }
  let first = ${name}_row_at(c, slot) + ${own}u;
  for (var j = 0u; j < 2u * ${name}_SLOTS * c.p0; j++) {
    let word = scales[first + j];
    if (((word & 0xffffu) >> 3u) != (channel >> 3u)) { continue; }
    let exact = vec4f(unpack2x16float(word).y);
    lo = select(lo, exact, vec4u(word & 7u) == vec4u(0u, 1u, 2u, 3u));
    hi = select(hi, exact, vec4u(word & 7u) == vec4u(4u, 5u, 6u, 7u));
  }
  return Oct(lo, hi);
}`;

/**
 * `<name>_encode`. The codec declares
 *   <name>_key(c, channel, x) -> f32        what outliers are chosen by
 *   <name>_is_out(key) -> bool              a slot is used by this key
 *   <name>_settle(c, slot)                  stores the row's own words from the keys next to the outliers
 * and the constant <name>_MORE: keys at each end that it needs beside the outliers (0 or 1).
 */
export const nuqWrite = (name: string, own: number): string => /* wgsl */ `
// Largest and smallest keys of the row so far in order, and their words as outliers.
const ${name}_ENDS = ${name}_SLOTS + 1u;
var<private> ${name}_top: array<f32, ${name}_ENDS>;
var<private> ${name}_low: array<f32, ${name}_ENDS>;
var<private> ${name}_top_word: array<u32, ${name}_ENDS>;
var<private> ${name}_low_word: array<u32, ${name}_ENDS>;
// Borders between levels.
var<private> ${name}_border: array<f32, 32>;
fn ${name}_offer(ends: u32, key: f32, word: u32) {
  if (key > ${name}_top[ends - 1u]) {
    var j = ends - 1u;
    while (j > 0u && key > ${name}_top[j - 1u]) {
      ${name}_top[j] = ${name}_top[j - 1u];
      ${name}_top_word[j] = ${name}_top_word[j - 1u];
      j--;
    }
    ${name}_top[j] = key;
    ${name}_top_word[j] = word;
  }
  if (key < ${name}_low[ends - 1u]) {
    var j = ends - 1u;
    while (j > 0u && key < ${name}_low[j - 1u]) {
      ${name}_low[j] = ${name}_low[j - 1u];
      ${name}_low_word[j] = ${name}_low_word[j - 1u];
      j--;
    }
    ${name}_low[j] = key;
    ${name}_low_word[j] = word;
  }
}
fn ${name}_begin(ends: u32) {
  for (var j = 0u; j < ends; j++) {
    ${name}_top[j] = -3.4e38;
    ${name}_low[j] = 3.4e38;
  }
}
fn ${name}_offer_head(c: Class, ends: u32, head: u32) {
  if (ends == 0u) { return; }
  for (var i = 0u; i < params.channels; i++) {
    let channel = head * D + i;
    ${name}_offer(ends, ${name}_key(c, channel, row[i]), channel | (to_half(row[i]) << 16u));
  }
}
fn ${name}_store_outliers(c: Class, slot: u32) {
  let slots = ${name}_SLOTS * c.p0;
  let first = ${name}_row_at(c, slot) + ${own}u;
  for (var j = 0u; j < slots; j++) {
    scales[first + j] = select(0xffffu, ${name}_top_word[j], ${name}_is_out(${name}_top[j]));
    scales[first + slots + j] = select(0xffffu, ${name}_low_word[j], ${name}_is_out(-${name}_low[j]));
  }
  for (var j = ${own}u + 2u * slots; j < HK * c.scale_stride; j++) { scales[first - ${own}u + j] = 0u; }
}
// The number of borders, times the half-range, that lie below x - centre.
fn ${name}_code(c: Class, x: f32, span: vec2f) -> u32 {
  let y = x - span.x;
  var code = 0u;
  for (var bit = 1u << (c.bits - 1u); bit > 0u; bit >>= 1u) {
    if (y > ${name}_border[code + bit - 1u] * span.y) { code += bit; }
  }
  return code;
}
fn ${name}_store_head(c: Class, slot: u32, head: u32) {
  pack_begin(c.code_base + (slot * HK + head) * c.code_stride);
  for (var i = 0u; i < params.channels; i++) {
    let code = ${name}_code(c, row[i], ${name}_span(c, slot, head * D + i));
    pack_code(code, c.bits);
  }
}
// Two rounds over the heads: the ends of the row, then its codes.
fn ${name}_encode(c: Class, slot: u32, head: u32) {
  for (var i = 0u; i + 1u < (1u << c.bits); i++) {
    ${name}_border[i] = (${name}_level(c, i) + ${name}_level(c, i + 1u)) * 0.5;
  }
  let ends = ${name}_SLOTS * c.p0 + ${name}_MORE;
  ${name}_begin(ends);
  for (var turn = 0u; turn < 2u; turn++) {
    for (var h = 0u; h < HK; h++) {
      load_row(0u, h, c);
      if (turn == 0u) { ${name}_offer_head(c, ends, h); } else { ${name}_store_head(c, slot, h); }
    }
    if (turn == 1u) { continue; }
    ${name}_settle(c, slot);
    ${name}_store_outliers(c, slot);
  }
}`;
