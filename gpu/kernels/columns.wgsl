// Ends of every channel over all rows that a pass codes, for codecs that scale channels: one thread per (channel, head, lane), rows
// in order. Rows of at most two classes; the peak is that of both.
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
  let head = id.x / D;
  let channel = id.x % D;
  if (head >= HK) { return; }
  lane_side = id.y * 2u + params.side;
  let range = step.ops[lane_side];
  let at = range.x + params.layer * range.y + head * range.z;
  var first = CLASSES;
  var second = CLASSES;
  var ends = vec4f(3.4e38, -3.4e38, 3.4e38, -3.4e38);
  var peak = 0.0;
  for (var e = 0u; e < range.w; e++) {
    let op = ops[at + e];
    if (op.y == EVICTED || !has_columns(class_at(op.y).codec)) { continue; }
    let index = op.y >> 28u;
    if (first == CLASSES) { first = index; }
    let x = value_at(op.x, head, channel);
    peak = max(peak, abs(x));
    if (index == first) { ends = vec4f(min(ends.x, x), max(ends.y, x), ends.zw); }
    else {
      second = index;
      ends = vec4f(ends.xy, min(ends.z, x), max(ends.w, x));
    }
  }
  if (first < CLASSES) { cache_columns(class_at(first << 28u), head, channel, vec3f(ends.xy, peak)); }
  if (second < CLASSES) { cache_columns(class_at(second << 28u), head, channel, vec3f(ends.zw, peak)); }
}
