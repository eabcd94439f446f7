// hidden[lane, :] = prompt[stream of the lane][last token, :]: the rows that the prefill's logits come from.
@group(0) @binding(0) var<storage, read> prompt: array<f32>;        // [streams][row_stride][K]
@group(0) @binding(1) var<storage, read> lane_stream: array<u32>;    // [lanes]
@group(0) @binding(2) var<storage, read_write> hidden: array<f32>;   // [lanes][K]
@group(0) @binding(3) var<uniform> step: Step;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= K || id.y >= step.lanes) { return; }
  hidden[id.y * K + id.x] = prompt[((lane_stream[id.y] + 1u) * step.row_stride - 1u) * K + id.x];
}
