// y[r, n] = sum_k x[r, k] W[n, k] for the many rows of a prefill piece. One thread takes TN weight rows x TM activation rows
// in registers; the order of additions is that of k, whatever the number of rows.
struct Params { row0: u32, part_rows: u32, y_stride: u32, blocks: u32 }
@group(0) @binding(2) var<storage, read> x: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
#if BIAS
@group(0) @binding(4) var<storage, read> bias: array<f32>;
#end
@group(0) @binding(5) var<uniform> params: Params;
@group(0) @binding(6) var<uniform> step: Step;

@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n0 = id.x * TN;
  let m0 = id.y * TM;
  if (n0 >= params.part_rows) { return; }
#for n TN
  let n_{n} = min(n0 + {n}u, params.part_rows - 1u);
#for m TM
  var a_{n}_{m} = 0.0;
#end
#end
#for m TM
  let x_{m} = min(m0 + {m}u, step.rows - 1u) * (K / 4u);
#end
  for (var w = 0u; w < K / 8u; w++) {
    let at = (w >> 2u) * 8u + (w & 3u);
#for n TN
    let o_{n} = w_octet(n_{n}, w);
    let s_{n} = w_affine(n_{n}, w >> 2u);
    let lo_{n} = o_{n}.lo * s_{n}.x + s_{n}.y;
    let hi_{n} = o_{n}.hi * s_{n}.x + s_{n}.y;
#end
#for m TM
    {
      let lo = x[x_{m} + at];
      let hi = x[x_{m} + at + 4u];
#for n TN
      a_{n}_{m} += dot(lo_{n}, lo) + dot(hi_{n}, hi);
#end
    }
#end
  }
#for n TN
  if (n0 + {n}u < params.part_rows) {
    let at = params.row0 + n0 + {n}u;
#if BIAS
    let b = bias[at];
#end
#if !BIAS
    let b = 0.0;
#end
#for m TM
    if (m0 + {m}u < step.rows) {
#if ADD
      y[long_row(m0 + {m}u) * params.y_stride + at] += a_{n}_{m} + b;
#end
#if !ADD
      y[(m0 + {m}u) * params.y_stride + at] = a_{n}_{m} + b;
#end
    }
#end
  }
#end
}
