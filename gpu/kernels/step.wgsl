// What changes from token to token (or from prefill piece to piece), shared by all kernels.
// Rows r of a pass are [streams][n]: stream r / n, token base + r % n.
struct Step {
  rows: u32, n: u32, base: u32, total: u32,
  streams: u32, row_stride: u32, row_offset: u32, cap: u32,
  segments: u32, sel_layer: u32, sel_head: u32, next: u32,
  free_running: u32, driver: u32, fresh_rows: u32, lanes: u32,
  // By lane * 2 + side: first op, distance of the ops of two layers and of two heads, how many ops.
  ops: array<vec4u, 16>,
  stream_lane: array<vec4u, 2>,
  // By lane * 2 + side: first slot entry, distance of the entries of two layers, two heads (low half) and two tokens (high half),
  // list of transforms (0 = none).
  tables: array<vec4u, 16>,
  // By lane: how far its query stands before its place in the text, for rows that count places inside the cache.
  shifts: array<vec4u, 2>,
  // x: where the seal times of prompt rows begin in the slot buffer. y: which tables (bit lane * 2 + side) go by query head.
  more: vec4u,
}
// Row of a buffer that holds the whole prompt ([streams][row_stride]); the identity in decode.
fn long_row(r: u32) -> u32 { return (r / step.n) * step.row_stride + step.row_offset + r % step.n; }
fn lane_of(stream: u32) -> u32 { return step.stream_lane[stream >> 2u][stream & 3u]; }
// Index of the slot entry of token t as a head of a layer has it.
fn slot_index(table: u32, layer: u32, head: u32, t: u32) -> u32 {
  let at = step.tables[table];
  return at.x + layer * at.y + head * (at.z & 0xffffu) + t * (at.z >> 16u);
}
fn chain_of(table: u32) -> u32 { return step.tables[table].w; }
