// partial[lane, stripe] = sum over the stripe of p0 (expm1(-d) + d), d = ln p0 - ln p_lane: KL(p_shadow || p_lane) in nats.
// Every term is >= 0, and exactly 0 where the logits are equal.
@group(0) @binding(0) var<storage, read> logits: array<f32>;  // [lanes][V]
@group(0) @binding(1) var<storage, read> scans: array<vec2f>;  // [lanes] (top, sum)
@group(0) @binding(2) var<storage, read_write> partial: array<f32>; // [lanes][STRIPES]
// p0 (expm1(-d) + d): a series where the difference would cancel, elsewhere p1 - p0 + p0 d, which cannot overflow.
fn term(l0: f32, l1: f32) -> f32 {
  let d = l0 - l1;
  let p0 = exp(l0);
  if (abs(d) < 0.125) {
    return p0 * d * d * (0.5 - d * (1.0 / 6.0 - d * (1.0 / 24.0 - d * (1.0 / 120.0 - d * (1.0 / 720.0)))));
  }
  return exp(l1) - p0 + p0 * d;
}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) g: vec3u) {
  if (g.x >= STRIPES) { return; }
  let log0 = scans[0].x + log(scans[0].y);
  let log1 = scans[g.y].x + log(scans[g.y].y);
  var sum = 0.0;
  for (var id = g.x; id < V; id += STRIPES) {
    sum += term(logits[id] - log0, logits[g.y * V + id] - log1);
  }
  partial[g.y * STRIPES + g.x] = sum;
}
