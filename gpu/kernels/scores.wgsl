// scores[r, h, t] = q[r, h] . K[t] for every key t of the row's stream, straight from the packed codes.
// One thread per TK keys, KV head and TQ queries: the G query heads of the KV head share each decoded key, and the keys share
// the loaded queries. The order of additions is that of the channels, whatever TK and TQ are. Heads: see attention_heads.wgsl.
// PREFILL: a query sees key t coded once t is sealed (its seal time <= its position), else the fresh exact row.
@group(0) @binding(0) var<storage, read> q: array<vec4f>;      // [BASES][rows][H][D/4]
@group(0) @binding(1) var<storage, read> codes: array<u32>;
@group(0) @binding(2) var<storage, read> scales: array<u32>;
@group(0) @binding(3) var<storage, read> classes: array<Class>; // [layers][lanes][2][CLASSES]
@group(0) @binding(4) var<storage, read> slots: array<u32>;     // see slot_index
@group(0) @binding(5) var<storage, read_write> scores: array<f32>; // [rows][H][cap]
#if PREFILL
@group(0) @binding(6) var<storage, read> fresh: array<u32>;
#end
@group(0) @binding(8) var<uniform> step: Step;
@group(0) @binding(9) var<uniform> params: Params;
#if PRE_ROPE
@group(0) @binding(7) var<storage, read> turns: array<vec2f>; // [cap][D/2] (cos, sin)
// The thread's key as it is stored (TK = 1): each octet is needed twice. The loop's end is no constant, so that it stays a loop.
var<private> key_row: array<Oct, D / 8u>;
fn key_load(c: Class, slot: u32, head: u32) {
  for (var o = 0u; o < params.channels / 8u; o++) { key_row[o] = cache_octet(c, slot, head, o); }
}
fn key_octet(c: Class, slot: u32, head: u32, o: u32, t: u32) -> Oct {
  let value = key_row[o];
  if ((c.flags & UNROTATED) == 0u) { return value; }
  let other = key_row[(o + D / 16u) % (D / 8u)];
  let side = select(1.0, -1.0, o < D / 16u);
  let at = t * (D / 2u) + (o % (D / 16u)) * 8u;
#for i 8
  let turn_{i} = turns[at + {i}u];
#end
  return Oct(
    value.lo * vec4f(turn_0.x, turn_1.x, turn_2.x, turn_3.x) + side * other.lo * vec4f(turn_0.y, turn_1.y, turn_2.y, turn_3.y),
    value.hi * vec4f(turn_4.x, turn_5.x, turn_6.x, turn_7.x) + side * other.hi * vec4f(turn_4.y, turn_5.y, turn_6.y, turn_7.y));
}
#end
#if !PRE_ROPE
fn key_octet(c: Class, slot: u32, head: u32, o: u32, t: u32) -> Oct { return cache_octet(c, slot, head, o); }
#end

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let head = id.y;
  if (id.x * TK >= step.total) { return; }
  let tiles = (step.n + TQ - 1u) / TQ;
  let stream = id.z / tiles;
  let i0 = (id.z % tiles) * TQ;
  let table = lane_of(stream) * 2u;
  let class_row = (params.layer * step.lanes * 2u + table) * CLASSES;
  let to_basis = step.rows * H * (D / 4u);
#for i TQ
  let row_{i} = stream * step.n + min(i0 + {i}u, step.n - 1u);
  let q_{i} = (row_{i} * H + head * G) * (D / 4u);
#end
#for k TK
  let t_{k} = min(id.x * TK + {k}u, step.total - 1u);
  let entry_{k} = slots[slot_index(table, params.layer, table_head(table, head), t_{k})];
  let class_{k} = classes[class_row + (entry_{k} >> 28u)];
  let slot_{k} = entry_{k} & 0xfffffffu;
  let turned_{k} = (class_{k}.flags & TRANSFORMED) != 0u;
#if PREFILL
  let seal_{k} = slots[step.more.x + stream * 2u * step.row_stride + t_{k}];
  let coded_{k} = seal_{k} < step.base + min(i0 + TQ, step.n);
  let fresh_{k} = (stream * step.row_stride + t_{k}) * HK + head;
#end
#for i TQ
#for g G
  var a_{k}_{i}_{g} = 0.0;
#end
#end
#end
#if PRE_ROPE
#if PREFILL
  if (coded_0) { key_load(class_0, slot_0, head); }
#end
#if !PREFILL
  key_load(class_0, slot_0, kv_head(head));
#end
#end
  for (var o = 0u; o < D / 8u; o++) {
#for k TK
#if PREFILL
    let exact_{k} = fresh_octet(fresh_{k}, o);
    var key_{k} = exact_{k};
    if (coded_{k}) { key_{k} = key_octet(class_{k}, slot_{k}, head, o, t_{k}); }
#end
#if !PREFILL
    let key_{k} = key_octet(class_{k}, slot_{k}, kv_head(head), o, t_{k});
#end
#end
#for i TQ
#for g G
    {
      let at = q_{i} + {g}u * (D / 4u) + 2u * o;
      let lo = q[at];
      let hi = q[at + 1u];
#if TRANSFORM
      let turned_lo = q[to_basis + at];
      let turned_hi = q[to_basis + at + 1u];
#end
#for k TK
#if PREFILL
      let seen_{k} = seal_{k} <= step.base + i0 + {i}u;
      let key_lo_{k} = select(exact_{k}.lo, key_{k}.lo, seen_{k});
      let key_hi_{k} = select(exact_{k}.hi, key_{k}.hi, seen_{k});
#end
#if !PREFILL
      let seen_{k} = true;
      let key_lo_{k} = key_{k}.lo;
      let key_hi_{k} = key_{k}.hi;
#end
#if TRANSFORM
      a_{k}_{i}_{g} += dot(key_lo_{k}, select(lo, turned_lo, turned_{k} && seen_{k})) +
        dot(key_hi_{k}, select(hi, turned_hi, turned_{k} && seen_{k}));
#end
#if !TRANSFORM
      a_{k}_{i}_{g} += dot(key_lo_{k}, lo) + dot(key_hi_{k}, hi);
#end
#end
    }
#end
#end
  }
#for k TK
  if (id.x * TK + {k}u < step.total) {
#for i TQ
    if (i0 + {i}u < step.n) {
#for g G
      scores[(row_{i} * H + head * G + {g}u) * step.cap + t_{k}] = select(a_{k}_{i}_{g}, -3.4e38, entry_{k} == EVICTED);
#end
    }
#end
  }
#end
}
