// The source row of an op, for encoders and surveys: a fresh row, or what a cached row reads as.
var<private> op_row: u32;
var<private> op_stride: u32;
var<private> lane_side: u32;

// Finds op `e` of a lane and head in this layer; false when there is none.
fn find_op(lane: u32, head: u32, e: u32) -> bool {
  lane_side = lane * 2u + params.side;
  let range = step.ops[lane_side];
  if (e >= range.w) { return false; }
  op_row = range.x + params.layer * range.y + e;
  op_stride = range.z;
  return op_of(head, 0u).y != EVICTED;
}
// The op found, or the one `e` behind it, of any head.
fn op_of(head: u32, e: u32) -> vec2u { return ops[op_row + head * op_stride + e]; }
fn class_at(entry: u32) -> Class {
  return classes[((params.layer * step.lanes * 2u + lane_side) * CLASSES) + (entry >> 28u)];
}

// One channel of a source, in the basis it is read in.
fn value_at(source: u32, head: u32, channel: u32) -> f32 {
  var v: Oct;
  if ((source & 0x80000000u) == 0u) {
    v = fresh_octet((params.side * step.fresh_rows + source) * HK + head, channel / 8u);
  } else {
    v = cache_octet(class_at((source << 1u) & 0xf0000000u), source & 0x7ffffffu, head, channel / 8u);
  }
  let i = channel & 7u;
  return select(v.hi[i & 3u], v.lo[i & 3u], i < 4u);
}

// Loads the source row of op `e` (counted from the one found) into `row`, in the class's basis.
fn load_row(e: u32, head: u32, class_of: Class) {
  let source = op_of(head, e).x;
  let is_fresh = (source & 0x80000000u) == 0u;
  let side = select(params.side, 2u, (class_of.flags & UNROTATED) != 0u);
  let origin = class_at((source << 1u) & 0xf0000000u);
  for (var o = 0u; o < params.channels / 8u; o++) {
    var v: Oct;
    if (is_fresh) {
      v = fresh_octet((side * step.fresh_rows + source) * HK + head, o);
    } else {
      v = cache_octet(origin, source & 0x7ffffffu, head, o);
    }
    for (var i = 0u; i < 4u; i++) {
      row[o * 8u + i] = v.lo[i];
      row[o * 8u + 4u + i] = v.hi[i];
    }
  }
#if TRANSFORM
  let wanted = class_of.flags & TRANSFORMED;
  let given = select(origin.flags & TRANSFORMED, 0u, is_fresh);
  if (wanted > given) { transform_forward(chain_of(lane_side)); }
  if (wanted < given) { transform_inverse(chain_of(lane_side)); }
#end
}
