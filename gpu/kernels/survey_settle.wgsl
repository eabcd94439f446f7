// Combines the numbers of all rows of a lane in order, one thread per number, and lets the codec write its header.
@group(0) @binding(0) var<storage, read> rows_found: array<f32>; // [lanes][OPS cap][HK][FOUND]
@group(0) @binding(1) var<storage, read_write> scales: array<u32>;
@group(0) @binding(2) var<storage, read> classes: array<Class>;
@group(0) @binding(3) var<storage, read> ops: array<vec2u>;
@group(0) @binding(4) var<uniform> step: Step;
@group(0) @binding(5) var<uniform> params: Params;
@group(0) @binding(6) var<storage, read> codes: array<u32>; // named by the codecs' readers
var<private> found: array<f32, FOUND>;
var<private> rows: u32;
var<workgroup> totals: array<f32, FOUND>;

// For surveys that sum the error of each refining step: how many of at most `most` count, up to and with the first that has not fallen.
fn falling_steps(most: u32) -> u32 {
  for (var i = 1u; i < most; i++) {
    if (found[i] >= found[i - 1u]) { return i + 1u; }
  }
  return most;
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wg: vec3u, @builtin(local_invocation_index) li: u32) {
  let lane_side = wg.x * 2u + params.side;
  let count = step.ops[lane_side].w;
  let first_op = step.ops[lane_side].x + params.layer * step.ops[lane_side].y;
  let class_row = (params.layer * step.lanes * 2u + lane_side) * CLASSES;
  var of_rows = 0xffffffffu;
  for (var e = 0u; e < count; e++) {
    let index = ops[first_op + e].y >> 28u;
    if (is_surveyed(classes[class_row + index].codec)) {
      of_rows = index;
      break;
    }
  }
  var is_most = false;
  if (of_rows < CLASSES) { is_most = takes_most(classes[class_row + of_rows].codec); }
  for (var i = li; i < FOUND; i += 64u) {
    var total = 0.0;
    for (var e = 0u; e < count * HK; e++) {
      let x = rows_found[(wg.x * step.cap * OPS * HK + e) * FOUND + i];
      total = select(total + x, max(total, x), is_most);
    }
    totals[i] = total;
  }
  workgroupBarrier();
  if (li != 0u || of_rows >= CLASSES) { return; }
  for (var i = 0u; i < FOUND; i++) { found[i] = totals[i]; }
  rows = 0u;
  for (var e = 0u; e < count; e++) { rows += select(0u, 1u, (ops[first_op + e].y >> 28u) == of_rows); }
  cache_settle(classes[class_row + of_rows]);
}
