// hidden[row of stream s, :] = hidden[the same token's row of stream 0, :]: every stream goes on from the shadow's hidden state.
@group(0) @binding(0) var<storage, read_write> hidden: array<f32>; // [long rows][K]
@group(0) @binding(1) var<uniform> step: Step;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let r = id.y + step.n;
  if (id.x >= K || r >= step.rows) { return; }
  hidden[long_row(r) * K + id.x] = hidden[long_row(r % step.n) * K + id.x];
}
