// Joins FAN neighbouring lists into one: IN lists per lane -> ceil(IN / FAN).
@group(0) @binding(0) var<storage, read> scans_in: array<vec2f>;
@group(0) @binding(1) var<storage, read> lists_in: array<vec2u>;
@group(0) @binding(2) var<storage, read_write> scans: array<vec2f>;
@group(0) @binding(3) var<storage, read_write> lists: array<vec2u>;
@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) g: vec3u) {
  let outs = (IN + FAN - 1u) / FAN;
  if (g.x >= outs) { return; }
  top_clear();
  var s = Scan(-3.4e38, 0.0);
  for (var k = g.x * FAN; k < min((g.x + 1u) * FAN, IN); k++) {
    let at = g.y * IN + k;
    s = scan_join(s, Scan(scans_in[at].x, scans_in[at].y));
    for (var i = 0u; i < TOP; i++) {
      let item = lists_in[at * TOP + i];
      top_add(bitcast<f32>(item.x), item.y);
    }
  }
  let at = g.y * outs + g.x;
  scans[at] = vec2f(s.top, s.sum);
  for (var i = 0u; i < TOP; i++) { lists[at * TOP + i] = vec2u(bitcast<u32>(best_value[i]), best_id[i]); }
}
