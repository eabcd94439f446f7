// One thread per (lane, stripe): ten best logits and sum of exponentials of ids stripe, stripe + STRIPES, ...
@group(0) @binding(0) var<storage, read> logits: array<f32>;       // [lanes][V]
@group(0) @binding(1) var<storage, read_write> scans: array<vec2f>; // [lanes][STRIPES] (top, sum)
@group(0) @binding(2) var<storage, read_write> lists: array<vec2u>; // [lanes][STRIPES][TOP] (value bits, id)
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) g: vec3u) {
  if (g.x >= STRIPES) { return; }
  top_clear();
  var s = Scan(-3.4e38, 0.0);
  for (var id = g.x; id < V; id += STRIPES) {
    let v = logits[g.y * V + id];
    s = scan_add(s, v);
    top_add(v, id);
  }
  let at = g.y * STRIPES + g.x;
  scans[at] = vec2f(s.top, s.sum);
  for (var i = 0u; i < TOP; i++) { lists[at * TOP + i] = vec2u(bitcast<u32>(best_value[i]), best_id[i]); }
}
