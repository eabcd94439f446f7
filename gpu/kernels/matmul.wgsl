// y[m, n] = sum_k x[m, k] W[n, k] for the M rows of one decode step. Weights are read once for all rows.
// One subgroup takes R weight rows; lane l takes chunks l, l + size, ... of 8 columns, so the order of additions
// depends on K and the subgroup size only, never on M or R.
// Epilogue: plain, ADD (residual stream += y), or GATED (rows N.. are "up": y = silu(gate) * up).
struct Params { row0: u32, part_rows: u32, y_stride: u32, blocks: u32 }
@group(0) @binding(2) var<storage, read> x: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
#if BIAS
@group(0) @binding(4) var<storage, read> bias: array<f32>;
#end
@group(0) @binding(5) var<uniform> params: Params;

// Weight row of slot r of the group that starts at n0: GATED groups hold PER_GROUP = R/2 gate rows and their up rows.
fn weight_row(n0: u32, r: u32) -> u32 {
#if GATED
  return min(n0 + r % PER_GROUP, params.part_rows - 1u) + (r / PER_GROUP) * params.part_rows;
#end
#if !GATED
  return min(n0 + r, params.part_rows - 1u);
#end
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wg: vec3u, @builtin(num_workgroups) wgs: vec3u,
        @builtin(local_invocation_index) li: u32 SUBGROUP_ARGS) {
  SUBGROUP_LET
  let groups_per_wg = 64u / sg_size;
  let stride = wgs.x * groups_per_wg * PER_GROUP;
  for (var n0 = (wg.x * groups_per_wg + li / sg_size) * PER_GROUP; n0 < params.part_rows; n0 += stride) {
#for r R
    let n_{r} = weight_row(n0, {r}u);
#for m M
    var a_{r}_{m} = 0.0;
#end
#end
    for (var w = sg_lane; w < K / 8u; w += sg_size) {
      let at = (w >> 2u) * 8u + (w & 3u);
#for m M
      let lo_{m} = x[{m}u * (K / 4u) + at];
      let hi_{m} = x[{m}u * (K / 4u) + at + 4u];
#if HAS_MIN
      let sum_{m} = dot(lo_{m}, vec4f(1.0)) + dot(hi_{m}, vec4f(1.0));
#end
#end
#for r R
      {
        let o = w_octet(n_{r}, w);
        let s = w_affine(n_{r}, w >> 2u);
#for m M
#if HAS_MIN
        a_{r}_{m} = fma(s.x, dot(o.lo, lo_{m}) + dot(o.hi, hi_{m}), fma(s.y, sum_{m}, a_{r}_{m}));
#end
#if !HAS_MIN
        a_{r}_{m} = fma(s.x, dot(o.lo, lo_{m}) + dot(o.hi, hi_{m}), a_{r}_{m});
#end
#end
      }
#end
    }
#for r R
#for m M
    a_{r}_{m} = sg_add(a_{r}_{m});
#end
#end
    if (sg_lane == 0u) {
#if GATED
#for r PER_GROUP
      if (n0 + {r}u < params.part_rows) {
#for m M
        y[{m}u * params.y_stride + n0 + {r}u] = a_{r}_{m} / (1.0 + exp(-a_{r}_{m})) * a_{r+PER_GROUP}_{m};
#end
      }
#end
#end
#if !GATED
#for r R
      if (n0 + {r}u < params.part_rows) {
        let at_{r} = params.row0 + n0 + {r}u;
#if BIAS
        let b_{r} = bias[at_{r}];
#end
#if !BIAS
        let b_{r} = 0.0;
#end
#for m M
#if ADD
        y[{m}u * params.y_stride + at_{r}] += a_{r}_{m} + b_{r};
#end
#if !ADD
        y[{m}u * params.y_stride + at_{r}] = a_{r}_{m} + b_{r};
#end
#end
      }
#end
#end
    }
  }
}
