// hidden[long_row(r), :] = row tokens[r] of the embedding; rows outside this part of the matrix are left alone.
struct Params { row0: u32, part_rows: u32, y_stride: u32, blocks: u32 }
@group(0) @binding(2) var<storage, read> tokens: array<u32>;
@group(0) @binding(3) var<storage, read_write> hidden: array<vec4f>;
@group(0) @binding(5) var<uniform> params: Params;
@group(0) @binding(6) var<uniform> step: Step;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let w = id.x;
  if (w >= K / 8u || id.y >= step.rows) { return; }
  let at = long_row(id.y);
  let token = tokens[at];
  if (token < params.row0 || token >= params.row0 + params.part_rows) { return; }
  let o = w_octet(token - params.row0, w);
  let s = w_affine(token - params.row0, w >> 2u);
  let col = at * (K / 4u) + (w >> 2u) * 8u + (w & 3u);
  hidden[col] = o.lo * s.x + s.y;
  hidden[col + 4u] = o.hi * s.x + s.y;
}
