// What changes from token to token (or from prefill piece to piece), shared by all kernels.
// Rows r of a pass are [streams][n]: stream r / n, token base + r % n.
struct Step {
  rows: u32, n: u32, base: u32, total: u32,
  streams: u32, row_stride: u32, row_offset: u32, cap: u32,
  segments: u32, sel_layer: u32, sel_head: u32, next: u32,
  free_running: u32, driver: u32, fresh_rows: u32, lanes: u32,
  op_counts: array<vec4u, 4>,
  op_starts: array<vec4u, 4>,
  stream_lane: array<vec4u, 2>,
}
// Row of a buffer that holds the whole prompt ([streams][row_stride]); the identity in decode.
fn long_row(r: u32) -> u32 { return (r / step.n) * step.row_stride + step.row_offset + r % step.n; }
fn lane_of(stream: u32) -> u32 { return step.stream_lane[stream >> 2u][stream & 3u]; }
