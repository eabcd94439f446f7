// out[r, h, :] = sum over segments of partial[0], plus the inverse transform of the sum of partial[1]. Segments in order.
// One thread per (row, head) with a transform, else one per channel.
@group(0) @binding(0) var<storage, read> partial: array<f32>; // [BASES][segments][rows][H][D]
@group(0) @binding(1) var<storage, read_write> y: array<f32>; // [rows][H][D]
@group(0) @binding(2) var<uniform> step: Step;
var<private> row: array<f32, D>;

fn total(basis: u32, at: u32) -> f32 {
  let stride = step.rows * H * D;
  var sum = 0.0;
  for (var s = 0u; s < step.segments; s++) { sum += partial[(basis * step.segments + s) * stride + at]; }
  return sum;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
#if !TRANSFORM
  if (id.x < step.rows * H * D) { y[id.x] = total(0u, id.x); }
#end
#if TRANSFORM
  if (id.x >= step.rows * H) { return; }
  for (var i = 0u; i < D; i++) { row[i] = total(1u, id.x * D + i); }
  transform_inverse(chain_of(lane_of(id.x / H / step.n) * 2u + 1u));
  for (var i = 0u; i < D; i++) { y[id.x * D + i] = total(0u, id.x * D + i) + row[i]; }
#end
}
