// Writes rows of one side of one layer into their slots: op = (source, destination), see load_row.wgsl. One thread per (op, head).
// A block of tokens (along: token) is `group` neighbouring ops; the thread of the first one codes them all.
// Loops over channels end at params.channels (= D), not at the constant: software adapters unroll constant loops over `row` and
// then compile for half a minute.
@group(0) @binding(0) var<storage, read> fresh: array<u32>;
@group(0) @binding(1) var<storage, read_write> codes: array<u32>;
@group(0) @binding(2) var<storage, read_write> scales: array<u32>;
@group(0) @binding(3) var<storage, read> classes: array<Class>;
@group(0) @binding(4) var<storage, read> ops: array<vec2u>; // [lanes][2][2 cap]
@group(0) @binding(5) var<uniform> step: Step;
@group(0) @binding(6) var<uniform> params: Params;
var<private> row: array<f32, D>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let e = id.x / HK;
  let head = id.x % HK;
  if (!find_op(id.y, head, e)) { return; }
  let to = op_of(head, 0u).y;
  let class_of = class_at(to);
  let slot = to & 0xfffffffu;
  if ((class_of.flags & ROW_TILE) != 0u && head != 0u) { return; }
  if ((class_of.flags & ALONG_TOKEN) != 0u && slot % class_of.group != 0u) { return; }
  cache_encode(class_of, slot, head);
}
