// Writes rows of one side of one layer into their slots: op = (source, destination). Source: bit 31 clear = fresh row, set = a slot
// entry of this lane's side in an exact class; destination: class << 28 | slot. One thread per (op, head).
// A block of tokens (along: token) is `group` neighbouring ops; the thread of the first one codes them all.
// Exact classes hold FP16 rows, or f32 rows in a test run. Loops over channels end at params.channels (= D), not at the constant:
// software adapters unroll constant loops over `row` and then compile for half a minute.
@group(0) @binding(0) var<storage, read> fresh: array<u32>;
@group(0) @binding(1) var<storage, read_write> codes: array<u32>;
@group(0) @binding(2) var<storage, read_write> scales: array<u32>;
@group(0) @binding(3) var<storage, read> classes: array<Class>;
@group(0) @binding(4) var<storage, read> ops: array<vec2u>; // [lanes][2][2 cap]
@group(0) @binding(5) var<uniform> step: Step;
struct Params { side: u32, channels: u32, unused0: u32, unused1: u32 }
@group(0) @binding(6) var<uniform> params: Params;
var<private> row: array<f32, D>;
var<private> op_at: u32;
var<private> lane_side: u32;

// Loads the source row of op `e` (counted from the thread's own) into `row`, in the class's basis.
fn load_row(e: u32, head: u32, class_of: Class) {
  let source = ops[op_at + e].x;
  for (var o = 0u; o < params.channels / 8u; o++) {
    var v: Oct;
    if ((source & 0x80000000u) == 0u) {
      v = fresh_octet((params.side * step.fresh_rows + source) * HK + head, o);
    } else {
      let origin = classes[lane_side * CLASSES + ((source >> 27u) & 15u)];
      v = f16_octet(origin, source & 0x7ffffffu, head, o);
#if F32_ROWS
      if (origin.bits == 32u) { v = f32_octet(origin, source & 0x7ffffffu, head, o); }
#end
    }
    for (var i = 0u; i < 4u; i++) {
      row[o * 8u + i] = v.lo[i];
      row[o * 8u + 4u + i] = v.hi[i];
    }
  }
#if TRANSFORM
  if ((class_of.flags & TRANSFORMED) != 0u) { transform_forward(); }
#end
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let e = id.x / HK;
  let head = id.x % HK;
  lane_side = id.y * 2u + params.side;
  if (e >= step.op_counts[lane_side >> 2u][lane_side & 3u]) { return; }
  op_at = lane_side * step.cap * 2u + step.op_starts[lane_side >> 2u][lane_side & 3u] + e;
  let to = ops[op_at].y;
  let class_of = classes[lane_side * CLASSES + (to >> 28u)];
  let slot = to & 0xfffffffu;
  if ((class_of.flags & ALONG_TOKEN) != 0u && slot % class_of.group != 0u) { return; }
  cache_encode(class_of, slot, head);
}
