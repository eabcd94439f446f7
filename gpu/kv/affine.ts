/**
 * WGSL of codecs whose values are scale * code + offset, with one word of scales per group: per row and group of channels, or,
 * along tokens, per block of rows and channel. Names begin with the codec's, since all codecs of a run stand in one shader.
 */

/** `<name>_octet`. The codec declares `<name>_affine(word: u32) -> vec2f`: scale and offset out of a word of scales. */
export const affineRead = (name: string): string => /* wgsl */ `
// Codes of four channels that have a scale each, the first at \`at\`.
fn ${name}_each(code: vec4f, at: u32) -> vec4f {
  let p = ${name}_affine(scales[at]);
  let q = ${name}_affine(scales[at + 1u]);
  let r = ${name}_affine(scales[at + 2u]);
  let t = ${name}_affine(scales[at + 3u]);
  return code * vec4f(p.x, q.x, r.x, t.x) + vec4f(p.y, q.y, r.y, t.y);
}
fn ${name}_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let code = code_octet(c, slot, head, o);
  if ((c.flags & ALONG_TOKEN) == 0u) {
    let a = ${name}_affine(scales[c.scale_base + (slot * HK + head) * c.scale_stride + o * 8u / c.group]);
    return Oct(code.lo * a.x + a.y, code.hi * a.x + a.y);
  }
  let first = c.scale_base + ((slot / c.group) * HK + head) * c.scale_stride + o * 8u;
  return Oct(${name}_each(code.lo, first), ${name}_each(code.hi, first + 4u));
}`;

/** `<name>_store_row`: packs the codes of \`row\`. The codec declares `<name>_code(c: Class, x: f32, g: u32) -> u32`, g the group. */
export const affineWrite = (name: string): string => /* wgsl */ `
fn ${name}_store_row(c: Class, slot: u32, head: u32) {
  pack_begin(c.code_base + (slot * HK + head) * c.code_stride);
  for (var i = 0u; i < params.channels; i++) {
    let code = ${name}_code(c, row[i], select(i / c.group, i, (c.flags & ALONG_TOKEN) != 0u));
    pack_code(code, c.bits);
  }
}`;

/**
 * `<name>_encode`, for codecs that need the ends of a group before its codes. The codec declares
 *   <name>_scan(c, g, x, first)                 takes a value of group g into account; `first` = the group's first
 *   <name>_store_scales(c, block, head, groups) stores the scales of a row, or of a block of rows
 * and what `affineWrite` asks for.
 */
export const affineEncode = (name: string): string => /* wgsl */ `
${affineWrite(name)}
// Two rounds over the rows, scales first; one row of channels or a block of tokens alike.
fn ${name}_encode(c: Class, slot: u32, head: u32) {
  let along_token = (c.flags & ALONG_TOKEN) != 0u;
  let rows = select(1u, c.group, along_token);
  for (var turn = 0u; turn < 2u; turn++) {
    for (var t = 0u; t < rows; t++) {
      if (turn == 0u || rows > 1u) { load_row(t, head, c); }
      if (turn == 1u) {
        ${name}_store_row(c, slot + t, head);
        continue;
      }
      for (var i = 0u; i < params.channels; i++) {
        let g = select(i / c.group, i, along_token);
        ${name}_scan(c, g, row[i], select(i % c.group, t, along_token) == 0u);
      }
    }
    if (turn == 1u) { continue; }
    let groups = select(params.channels / c.group, params.channels, along_token);
    ${name}_store_scales(c, select(slot, slot / c.group, along_token), head, groups);
  }
}`;
