// y[r, :] = x[long_row(r), :] / rms * weight, one subgroup per row. RMSNorm: Zhang & Sennrich 2019, eq. 4.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> weight: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<uniform> step: Step;
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wg: vec3u, @builtin(num_workgroups) wgs: vec3u,
        @builtin(local_invocation_index) li: u32 SUBGROUP_ARGS) {
  SUBGROUP_LET
  let per_wg = 64u / sg_size;
  for (var r = wg.x * per_wg + li / sg_size; r < step.rows; r += wgs.x * per_wg) {
    let first_at = long_row(r) * K;
    var sum = 0.0;
    for (var i = sg_lane; i < K; i += sg_size) { sum = fma(x[first_at + i], x[first_at + i], sum); }
    let scale = inverseSqrt(sg_add(sum) / f32(K) + EPS);
    for (var i = sg_lane; i < K; i += sg_size) { y[r * K + i] = x[first_at + i] * scale * weight[i]; }
  }
}
