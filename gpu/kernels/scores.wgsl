// scores[r, h, t] = q[r, h] . K[t] for every key t of the row's stream, straight from the packed codes.
// One thread per (key, KV head) and TQ queries; the G query heads of the KV head share the decoded key.
// PREFILL: a query sees key t coded once t is sealed (`sealed[stream, t]` <= its position), else the fresh exact row.
@group(0) @binding(0) var<storage, read> q: array<vec4f>;      // [BASES][rows][H][D/4]
@group(0) @binding(1) var<storage, read> codes: array<u32>;
@group(0) @binding(2) var<storage, read> scales: array<u32>;
@group(0) @binding(3) var<storage, read> classes: array<Class>; // [lanes][2][CLASSES]
@group(0) @binding(4) var<storage, read> slots: array<u32>;     // [lanes][2][cap]
@group(0) @binding(5) var<storage, read_write> scores: array<f32>; // [rows][H][cap]
#if PREFILL
@group(0) @binding(6) var<storage, read> fresh: array<u32>;
@group(0) @binding(7) var<storage, read> sealed: array<u32>;    // [streams][2][row_stride]
#end
@group(0) @binding(8) var<uniform> step: Step;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let t = id.x;
  let head = id.y;
  if (t >= step.total) { return; }
  let tiles = (step.n + TQ - 1u) / TQ;
  let stream = id.z / tiles;
  let i0 = (id.z % tiles) * TQ;
  let table = lane_of(stream) * 2u;
  let slot = slots[table * step.cap + t];
  let class_of = classes[table * CLASSES + (slot >> 28u)];
  let basis = select(0u, step.rows * H * (D / 4u), (class_of.flags & TRANSFORMED) != 0u);
#for i TQ
  let row_{i} = stream * step.n + min(i0 + {i}u, step.n - 1u);
#for g G
  var a_{i}_{g} = 0.0;
#end
#end
#if PREFILL
  let seal = sealed[stream * 2u * step.row_stride + t];
  let newest = step.base + min(i0 + TQ, step.n) - 1u;
  let coded = seal <= newest;
  let fresh_row = (stream * step.row_stride + t) * HK + head;
#for i TQ
  let seen_{i} = seal <= step.base + i0 + {i}u;
  let q_{i} = select(0u, basis, seen_{i}) + (row_{i} * H + head * G) * (D / 4u);
#end
#end
#if !PREFILL
#for i TQ
  let q_{i} = basis + (row_{i} * H + head * G) * (D / 4u);
#end
#end
  for (var o = 0u; o < D / 8u; o++) {
#if PREFILL
    let exact = fresh_octet(fresh_row, o);
    var key = exact;
    if (coded) { key = cache_octet(class_of, slot & 0xfffffffu, head, o); }
#for i TQ
    {
      let lo = select(exact.lo, key.lo, seen_{i});
      let hi = select(exact.hi, key.hi, seen_{i});
#for g G
      a_{i}_{g} += dot(lo, q[q_{i} + {g}u * (D / 4u) + 2u * o]) + dot(hi, q[q_{i} + {g}u * (D / 4u) + 2u * o + 1u]);
#end
    }
#end
#end
#if !PREFILL
    let key = cache_octet(class_of, slot & 0xfffffffu, head, o);
#for i TQ
#for g G
    a_{i}_{g} += dot(key.lo, q[q_{i} + {g}u * (D / 4u) + 2u * o]) + dot(key.hi, q[q_{i} + {g}u * (D / 4u) + 2u * o + 1u]);
#end
#end
#end
  }
#for i TQ
  if (i0 + {i}u < step.n) {
#for g G
    scores[(row_{i} * H + head * G + {g}u) * step.cap + t] = a_{i}_{g};
#end
  }
#end
}
