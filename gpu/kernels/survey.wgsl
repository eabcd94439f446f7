// Numbers about each row that is about to be coded, for codecs that look at the whole tensor first. One thread per (op, head);
// blocks of tokens are looked at by the thread of their first row. rows_found [lanes][OPS cap][HK][FOUND].
@group(0) @binding(0) var<storage, read> fresh: array<u32>;
@group(0) @binding(1) var<storage, read> codes: array<u32>;
@group(0) @binding(2) var<storage, read> scales: array<u32>;
@group(0) @binding(3) var<storage, read> classes: array<Class>;
@group(0) @binding(4) var<storage, read> ops: array<vec2u>;
@group(0) @binding(5) var<storage, read_write> rows_found: array<f32>;
@group(0) @binding(6) var<uniform> step: Step;
@group(0) @binding(7) var<uniform> params: Params;
var<private> row: array<f32, D>;
var<private> found: array<f32, FOUND>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let e = id.x / HK;
  let head = id.x % HK;
  if (!find_op(id.y, head, e)) { return; }
  let to = op_of(head, 0u).y;
  let class_of = class_at(to);
  for (var i = 0u; i < FOUND; i++) { found[i] = 0.0; }
  let is_first = (class_of.flags & ALONG_TOKEN) == 0u || (to & 0xfffffffu) % class_of.group == 0u;
  if (is_surveyed(class_of.codec) && is_first) { cache_survey(class_of, head); }
  let at = ((id.y * step.cap * OPS + e) * HK + head) * FOUND;
  for (var i = 0u; i < FOUND; i++) { rows_found[at + i] = found[i]; }
}
