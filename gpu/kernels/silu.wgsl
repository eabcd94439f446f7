// y[r, i] = silu(gate_up[r, i]) * gate_up[r, F + i], for prefill rows whose gate and up stand side by side.
@group(0) @binding(0) var<storage, read> gate_up: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@group(0) @binding(2) var<uniform> step: Step;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= F || id.y >= step.rows) { return; }
  let gate = gate_up[id.y * 2u * F + id.x];
  y[id.y * F + id.x] = gate / (1.0 + exp(-gate)) * gate_up[id.y * 2u * F + F + id.x];
}
