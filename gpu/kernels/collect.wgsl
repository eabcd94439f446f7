// Adds up what each key gets from chosen queries, for policies that score tokens: sums[first + (layer, head, key)].
// A collector = (lane, query heads per sum, what decode does: 0 nothing, 1 add, 2 replace, first word). One thread per (key, head,
// collector); queries in order.
@group(0) @binding(0) var<storage, read> scores: array<f32>;   // probabilities [rows][H][cap]
@group(0) @binding(1) var<storage, read> weights: array<f32>;  // of prompt queries [collectors][cap]
@group(0) @binding(2) var<storage, read_write> sums: array<f32>;
@group(0) @binding(3) var<storage, read> collectors: array<vec4u>;
@group(0) @binding(4) var<uniform> step: Step;
struct Params { side: u32, channels: u32, layer: u32, unused: u32 }
@group(0) @binding(5) var<uniform> params: Params;

fn row_of(lane: u32) -> u32 {
  var stream = 0u;
  for (var s = 0u; s < step.streams; s++) { if (lane_of(s) == lane) { stream = s; } }
  return stream * step.n;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let t = id.x;
  let head = id.y;
  let c = collectors[id.z];
  let heads = H / c.y;
  if (t >= step.total || head >= heads) { return; }
  let at = c.w + (params.layer * heads + head) * step.cap + t;
  let first_row = row_of(c.x);
#if PREFILL
  var sum = select(sums[at], 0.0, step.base == 0u);
  for (var i = 0u; i < step.n; i++) {
    let w = weights[id.z * step.cap + step.base + i];
    if (w == 0.0 || t > step.base + i) { continue; }
    var row = 0.0;
    for (var g = 0u; g < c.y; g++) { row += scores[((first_row + i) * H + head * c.y + g) * step.cap + t]; }
    sum += w * row;
  }
  sums[at] = sum;
#end
#if !PREFILL
  if (c.z == 0u) { return; }
  var row = 0.0;
  for (var g = 0u; g < c.y; g++) { row += scores[(first_row * H + head * c.y + g) * step.cap + t]; }
  sums[at] = select(row, sums[at] + row, c.z == 1u && t < step.base);
#end
}
