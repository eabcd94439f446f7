// scores[r, h, 0 .. position] -> probabilities in place, one subgroup per (row, head); keys beyond the query get 0.
@group(0) @binding(0) var<storage, read_write> scores: array<f32>; // [rows][H][cap]
@group(0) @binding(1) var<uniform> step: Step;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wg: vec3u, @builtin(num_workgroups) wgs: vec3u,
        @builtin(local_invocation_index) li: u32 SUBGROUP_ARGS) {
  SUBGROUP_LET
  let per_wg = 64u / sg_size;
  for (var row = wg.x * per_wg + li / sg_size; row < step.rows * H; row += wgs.x * per_wg) {
    let first_at = row * step.cap;
    let keys = step.base + (row / H) % step.n + 1u;
    var top = -3.4e38;
    for (var t = sg_lane; t < keys; t += sg_size) { top = max(top, scores[first_at + t]); }
    top = sg_max(top);
    var sum = 0.0;
    for (var t = sg_lane; t < keys; t += sg_size) {
      let e = exp(scores[first_at + t] - top);
      scores[first_at + t] = e;
      sum += e;
    }
    let scale = 1.0 / sg_add(sum);
    for (var t = sg_lane; t < keys; t += sg_size) { scores[first_at + t] *= scale; }
    for (var t = keys + sg_lane; t < step.total; t += sg_size) { scores[first_at + t] = 0.0; }
  }
}
