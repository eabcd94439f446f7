// partial[basis, segment, r, h, :] = sum over the segment's tokens of p[r, h, t] V[t], in token order.
// One thread per (OC x 8 channels, KV head, segment) and TQ queries. PREFILL: one thread walks all segments and adds them in order,
// so the sum is the one that decode gets from its partial sums. Heads: see attention_heads.wgsl.
@group(0) @binding(0) var<storage, read> scores: array<f32>;    // probabilities [rows][H][cap]
@group(0) @binding(1) var<storage, read> codes: array<u32>;
@group(0) @binding(2) var<storage, read> scales: array<u32>;
@group(0) @binding(3) var<storage, read> classes: array<Class>;
@group(0) @binding(4) var<storage, read> slots: array<u32>;
@group(0) @binding(5) var<storage, read_write> partial: array<vec4f>; // [BASES][segments][rows][H][D/4]
#if PREFILL
@group(0) @binding(6) var<storage, read> fresh: array<u32>;
#end
@group(0) @binding(8) var<uniform> step: Step;
@group(0) @binding(9) var<uniform> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let o = (id.x % (D / 8u / OC)) * OC;
  let head = (id.x / (D / 8u / OC)) % (H / G);
  let segment = id.x / (D / 8u / OC * (H / G));
  let tiles = (step.n + TQ - 1u) / TQ;
  let stream = (id.y / tiles);
  let i0 = (id.y % tiles) * TQ;
  let basis = id.z;
  let lane = lane_of(stream);
#if PREFILL
  if (segment >= 1u) { return; }
  let end = step.base + min(i0 + TQ, step.n);
  let first = 0u;
  let last = (end + SEGMENT - 1u) / SEGMENT;
#end
#if !PREFILL
  if (segment >= step.segments) { return; }
  let end = step.total;
  let first = segment;
  let last = segment + 1u;
#end
  let table = lane * 2u + 1u;
  let class_row = (params.layer * step.lanes * 2u + table) * CLASSES;
  let slot_row = slot_index(table, params.layer, table_head(table, head), 0u);
  let token_stride = step.tables[table].z >> 16u;
#for i TQ
  let row_{i} = stream * step.n + min(i0 + {i}u, step.n - 1u);
#for g G
#for c OC
  var lo_{i}_{g}_{c} = vec4f(0.0);
  var hi_{i}_{g}_{c} = vec4f(0.0);
#end
#end
#end
  for (var s = first; s < last; s++) {
#for i TQ
#for g G
#for c OC
    var l_{i}_{g}_{c} = vec4f(0.0);
    var h_{i}_{g}_{c} = vec4f(0.0);
#end
#end
#end
    for (var t = s * SEGMENT; t < min((s + 1u) * SEGMENT, end); t++) {
      let slot = slots[slot_row + t * token_stride];
      let class_of = classes[class_row + (slot >> 28u)];
      let in_basis = select(0u, 1u, (class_of.flags & TRANSFORMED) != 0u) == basis;
#if PREFILL
      let seal = slots[step.more.x + (stream * 2u + 1u) * step.row_stride + t];
      let coded = seal < end && in_basis;
#for c OC
      var value_{c} = Oct(vec4f(0.0), vec4f(0.0));
      if (coded) { value_{c} = cache_octet(class_of, slot & 0xfffffffu, head, o + {c}u); }
      var exact_{c} = Oct(vec4f(0.0), vec4f(0.0));
      if (basis == 0u) { exact_{c} = fresh_octet((step.fresh_rows + stream * step.row_stride + t) * HK + head, o + {c}u); }
#end
#for i TQ
      {
        let seen = seal <= step.base + i0 + {i}u;
#for c OC
        let lo_{c} = select(exact_{c}.lo, value_{c}.lo, seen);
        let hi_{c} = select(exact_{c}.hi, value_{c}.hi, seen);
#end
#for g G
        let p_{g} = scores[(row_{i} * H + head * G + {g}u) * step.cap + t];
#for c OC
        l_{i}_{g}_{c} = fma(vec4f(p_{g}), lo_{c}, l_{i}_{g}_{c});
        h_{i}_{g}_{c} = fma(vec4f(p_{g}), hi_{c}, h_{i}_{g}_{c});
#end
#end
      }
#end
#end
#if !PREFILL
      if (!in_basis || slot == EVICTED) { continue; }
#for c OC
      let value_{c} = cache_octet(class_of, slot & 0xfffffffu, kv_head(head), o + {c}u);
#end
#for g G
      let p_{g} = scores[(row_0 * H + head * G + {g}u) * step.cap + t];
#for c OC
      l_0_{g}_{c} = fma(vec4f(p_{g}), value_{c}.lo, l_0_{g}_{c});
      h_0_{g}_{c} = fma(vec4f(p_{g}), value_{c}.hi, h_0_{g}_{c});
#end
#end
#end
    }
#for i TQ
#for g G
#for c OC
    lo_{i}_{g}_{c} += l_{i}_{g}_{c};
    hi_{i}_{g}_{c} += h_{i}_{g}_{c};
#end
#end
#end
  }
#for i TQ
  if (i0 + {i}u < step.n) {
#for g G
    let to_{i}_{g} = (((basis * step.segments + segment) * step.rows + row_{i}) * H + head * G + {g}u) * (D / 4u) + 2u * o;
#for c OC
    partial[to_{i}_{g} + 2u * {c}u] = lo_{i}_{g}_{c};
    partial[to_{i}_{g} + 2u * {c}u + 1u] = hi_{i}_{g}_{c};
#end
#end
  }
#end
}
