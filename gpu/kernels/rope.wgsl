// Splits qkv[r, :], optionally normalises q and k per head (QK-norm), rotates them (halves i, i + D/2), scales q by 1/sqrt(D),
// and writes q[basis][r][H][D] and the fresh rows fresh[side][long_row(r)][Hk][D] that the encoders read;
// PRE_ROPE: keys before their rotation as a third side.
// One thread per (row, head).
@group(0) @binding(0) var<storage, read> qkv: array<f32>;
@group(0) @binding(1) var<storage, read> turns: array<vec2f>; // [cap][D/2] (cos, sin)
@group(0) @binding(2) var<storage, read_write> q: array<f32>;
@group(0) @binding(3) var<storage, read_write> fresh: array<u32>;
#if QK_NORM
@group(0) @binding(4) var<storage, read> head_norm: array<f32>; // q weights [D], k weights [D]
#end
@group(0) @binding(5) var<uniform> step: Step;
var<private> row: array<f32, D>;

fn store_fresh(at: u32) {
#if F32_ROWS
  for (var i = 0u; i < D; i++) { fresh[at * D + i] = bitcast<u32>(row[i]); }
#end
#if !F32_ROWS
  for (var i = 0u; i < D / 2u; i++) { fresh[at * (D / 2u) + i] = to_halves(row[2u * i], row[2u * i + 1u]); }
#end
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let r = id.x / (H + 2u * HK);
  let h = id.x % (H + 2u * HK);
  if (r >= step.rows) { return; }
  let first_at = (r * (H + 2u * HK) + h) * D;
  for (var i = 0u; i < D; i++) { row[i] = qkv[first_at + i]; }
  let long = long_row(r);
  if (h >= H + HK) {
    store_fresh((step.fresh_rows + long) * HK + h - H - HK);
    return;
  }
#if QK_NORM
  var sum = 0.0;
  for (var i = 0u; i < D; i++) { sum = fma(row[i], row[i], sum); }
  let scale = inverseSqrt(sum / f32(D) + EPS);
  let norm_at = select(0u, D, h >= H);
  for (var i = 0u; i < D; i++) { row[i] *= scale * head_norm[norm_at + i]; }
#end
#if PRE_ROPE
  if (h >= H) { store_fresh((2u * step.fresh_rows + long) * HK + h - H); }
#end
  let turn_at = (step.base + r % step.n) * (D / 2u);
  for (var i = 0u; i < D / 2u; i++) {
    let t = turns[turn_at + i];
    let a = row[i];
    let b = row[i + D / 2u];
    row[i] = a * t.x - b * t.y;
    row[i + D / 2u] = b * t.x + a * t.y;
  }
  if (h >= H) {
    store_fresh(long * HK + h - H);
    return;
  }
  let to = (r * H + h) * D;
  for (var i = 0u; i < D; i++) {
    row[i] *= SCALE;
    q[to + i] = row[i];
  }
#if TRANSFORM
  let lane = lane_of(r / step.n);
  transform_forward(chain_of(lane * 2u));
  let shift_at = step.shifts[lane >> 2u][lane & 3u] * (D / 2u);
  if (shift_at > 0u) {
    for (var i = 0u; i < D / 2u; i++) {
      let turn = turns[shift_at + i];
      let a = row[i];
      let b = row[i + D / 2u];
      row[i] = a * turn.x + b * turn.y;
      row[i + D / 2u] = b * turn.x - a * turn.y;
    }
  }
  for (var i = 0u; i < D; i++) { q[step.rows * H * D + to + i] = row[i]; }
#end
}
