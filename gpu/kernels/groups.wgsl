// Scales of groups that run over rows, of a codec whose rows are coded together: before any of them is coded. Ops of its class stand
// one behind the other, slot 0 first. One thread per (channel, head, lane), each with groups of its own.
@group(0) @binding(0) var<storage, read> fresh: array<u32>;
@group(0) @binding(1) var<storage, read> codes: array<u32>;
@group(0) @binding(2) var<storage, read_write> scales: array<u32>;
@group(0) @binding(3) var<storage, read> classes: array<Class>;
@group(0) @binding(4) var<storage, read> ops: array<vec2u>;
@group(0) @binding(5) var<uniform> step: Step;
@group(0) @binding(6) var<uniform> params: Params;
var<private> row: array<f32, D>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= HK * D) { return; }
  lane_side = id.y * 2u + params.side;
  let range = step.ops[lane_side];
  let at = range.x + params.layer * range.y;
  for (var e = 0u; e < range.w; e++) {
    let to = ops[at + e].y;
    if (!has_groups(class_at(to).codec)) { continue; }
    cache_groups(class_at(to), at + e, id.x);
    return;
  }
}
