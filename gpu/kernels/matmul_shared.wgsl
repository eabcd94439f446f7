// y[r, n] = sum_k x[r, k] W[n, k] on CPU adapters, where every load of every thread costs: one thread takes TN weight rows x TM
// activation rows in registers, a block of 32 columns at a time; its subgroup of SHARE threads loads the 8 quads of x together and
// hands them round. The order of additions is that of k, whatever TN, TM and the number of rows are.
// Epilogue: plain, ADD (residual stream += y), or GATED (rows N.. are "up": y = silu(gate) * up).
struct Params { row0: u32, part_rows: u32, y_stride: u32, blocks: u32 }
@group(0) @binding(2) var<storage, read> x: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> y: array<f32>;
#if BIAS
@group(0) @binding(4) var<storage, read> bias: array<f32>;
#end
@group(0) @binding(5) var<uniform> params: Params;
@group(0) @binding(6) var<uniform> step: Step;

// Weight row of slot i of the thread that starts at n0: GATED threads hold PER_THREAD = TN/2 gate rows and their up rows.
fn weight_row(n0: u32, i: u32) -> u32 {
#if GATED
  return min(n0 + i % PER_THREAD, params.part_rows - 1u) + (i / PER_THREAD) * params.part_rows;
#end
#if !GATED
  return min(n0 + i, params.part_rows - 1u);
#end
}

@compute @workgroup_size(WG)
fn main(@builtin(global_invocation_id) id: vec3u SUBGROUP_ARGS) {
  SUBGROUP_LET
  let n0 = id.x * PER_THREAD;
  let m0 = id.y * TM;
#for n TN
  let n_{n} = weight_row(n0, {n}u);
#for m TM
  var a_{n}_{m} = 0.0;
#end
#end
#for m TM
  let x_{m} = min(m0 + {m}u, step.rows - 1u) * params.blocks * 8u;
#end
  // Not a constant: a compiler that knew the end of the loop could unroll it for few rows and then add in another order.
  for (var b = 0u; b < params.blocks; b++) {
#for m TM
#for l LOADS
    let part_{m}_{l} = x[x_{m} + b * 8u + {l}u * SHARE + sg_lane];
#end
#end
#for n TN
    let w_{n} = w_block(n_{n}, b);
    let s_{n} = w_affine(n_{n}, b);
#end
#for v 8
    {
#for n TN
      let q_{n} = w_quad(w_{n}, {v}u) * s_{n}.x + s_{n}.y;
#end
#for m TM
      {
        let quad = subgroupBroadcast(part_{m}_{v/SHARE}, {v%SHARE}u);
#for n TN
        a_{n}_{m} += dot(q_{n}, quad);
#end
      }
#end
    }
#end
  }
#for n PER_THREAD
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
#if GATED
      y[(m0 + {m}u) * params.y_stride + at] = a_{n}_{m} / (1.0 + exp(-a_{n}_{m})) * a_{n+PER_THREAD}_{m};
#end
#if ADD
      y[long_row(m0 + {m}u) * params.y_stride + at] += a_{n}_{m} + b;
#end
#if PLAIN
      y[(m0 + {m}u) * params.y_stride + at] = a_{n}_{m} + b;
#end
    }
#end
  }
#end
}
