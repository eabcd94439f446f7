// Distance of each lane's attention row from the shadow's, per head, and a copy of the selected head's rows.
// stats[layer, lane - 1, h] = total variation, Jensen-Shannon (nats), entropy change, top-key flip, sink mass, sink change,
// mass farther than 64 tokens, its change. Key 0, the sink, takes no part in flip and far mass. One subgroup per (lane, head). Decode only (n = 1, row = lane).
@group(0) @binding(0) var<storage, read> scores: array<f32>; // probabilities [lanes][H][cap]
@group(0) @binding(1) var<storage, read_write> stats: array<f32>;
@group(0) @binding(2) var<storage, read_write> row: array<f32>; // [lanes][cap]
@group(0) @binding(3) var<uniform> step: Step;
struct Params { layer: u32, unused0: u32, unused1: u32, unused2: u32 }
@group(0) @binding(4) var<uniform> params: Params;

fn plogp(p: f32) -> f32 { return select(0.0, p * log(p), p > 0.0); }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wg: vec3u, @builtin(num_workgroups) wgs: vec3u,
        @builtin(local_invocation_index) li: u32 SUBGROUP_ARGS) {
  SUBGROUP_LET
  let per_wg = 64u / sg_size;
  for (var unit = wg.x * per_wg + li / sg_size; unit < step.lanes * H; unit += wgs.x * per_wg) {
    let lane = unit / H;
    let h = unit % H;
    let a = h * step.cap;
    let b = unit * step.cap;
    if (params.layer == step.sel_layer && h == step.sel_head) {
      for (var t = sg_lane; t < step.total; t += sg_size) { row[lane * step.cap + t] = scores[b + t]; }
    }
    if (lane == 0u) { continue; }
    var tv = 0.0; var js = 0.0; var entropy = 0.0; var far_a = 0.0; var far_b = 0.0;
    var top_a = -1.0; var top_b = -1.0;
    for (var t = sg_lane; t < step.total; t += sg_size) {
      let p = scores[a + t];
      let q = scores[b + t];
      tv += abs(p - q);
      let m = 0.5 * (p + q);
      js += select(plogp(p) + plogp(q) - 2.0 * plogp(m), 0.0, p == q);
      entropy += plogp(p) - plogp(q);
      if (t > 0u && step.total - 1u - t > 64u) { far_a += p; far_b += q; }
      if (t > 0u) { top_a = max(top_a, p); top_b = max(top_b, q); }
    }
    top_a = sg_max(top_a);
    top_b = sg_max(top_b);
    var key_a = 0xffffffffu;
    var key_b = 0xffffffffu;
    for (var t = sg_lane; t < step.total; t += sg_size) {
      if (t > 0u && scores[a + t] == top_a) { key_a = min(key_a, t); }
      if (t > 0u && scores[b + t] == top_b) { key_b = min(key_b, t); }
    }
    key_a = sg_min_u(key_a);
    key_b = sg_min_u(key_b);
    let at = ((params.layer * (step.lanes - 1u) + lane - 1u) * H + h) * HEAD_STATS;
    let tv_sum = sg_add(tv);
    let js_sum = sg_add(js);
    let entropy_sum = sg_add(entropy);
    let far_a_sum = sg_add(far_a);
    let far_b_sum = sg_add(far_b);
    if (sg_lane == 0u) {
      stats[at] = 0.5 * tv_sum;
      stats[at + 1u] = 0.5 * max(js_sum, 0.0);
      stats[at + 2u] = entropy_sum;
      stats[at + 3u] = select(0.0, 1.0, key_a != key_b);
      stats[at + 4u] = scores[b];
      stats[at + 5u] = scores[b] - scores[a];
      stats[at + 6u] = far_b_sum;
      stats[at + 7u] = far_b_sum - far_a_sum;
    }
  }
}
