// errors[layer, lane - 1, FIRST + part] = (sum of (x[lane, part] - x[0, part])^2, sum of x[0, part]^2) over W channels.
// One subgroup per (lane, part). Decode only (row = lane).
@group(0) @binding(0) var<storage, read> x: array<f32>; // [lanes][PARTS][W]
@group(0) @binding(1) var<storage, read_write> errors: array<vec2f>; // [L][lanes - 1][H + 1]
@group(0) @binding(2) var<uniform> step: Step;
struct Params { layer: u32, unused0: u32, unused1: u32, unused2: u32 }
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wg: vec3u, @builtin(num_workgroups) wgs: vec3u,
        @builtin(local_invocation_index) li: u32 SUBGROUP_ARGS) {
  SUBGROUP_LET
  let per_wg = 64u / sg_size;
  for (var unit = wg.x * per_wg + li / sg_size; unit < (step.lanes - 1u) * PARTS; unit += wgs.x * per_wg) {
    let lane = unit / PARTS + 1u;
    let part = unit % PARTS;
    var error = 0.0;
    var size = 0.0;
    for (var i = sg_lane; i < W; i += sg_size) {
      let exact = x[part * W + i];
      let far = x[(lane * PARTS + part) * W + i] - exact;
      error = fma(far, far, error);
      size = fma(exact, exact, size);
    }
    let sums = vec2f(sg_add(error), sg_add(size));
    if (sg_lane == 0u) { errors[(params.layer * (step.lanes - 1u) + lane - 1u) * (H + 1u) + FIRST + part] = sums; }
  }
}
