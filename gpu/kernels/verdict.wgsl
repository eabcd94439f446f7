// Closes a step: KL, log-probabilities, the ten best of every lane with what the other one says of them, and the next tokens.
// out[lane] = RECORD words: kl, log p(next), log-sum-exp, next token, then TOP x (id, log p here, log p there).
// "There" is the shadow for a lane and lane 1 for the shadow. One subgroup per lane.
@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> scans: array<vec2f>;  // [lanes]
@group(0) @binding(2) var<storage, read> lists: array<vec2u>;  // [lanes][TOP]
@group(0) @binding(3) var<storage, read> partial: array<f32>;  // [lanes][STRIPES]
@group(0) @binding(4) var<storage, read_write> tokens: array<u32>; // [lanes]
@group(0) @binding(5) var<storage, read_write> result: array<u32>;
@group(0) @binding(6) var<uniform> step: Step;
const NO_TOKEN = 0xffffffffu;
const WAIT = 0xfffffffeu;
fn log_sum(lane: u32) -> f32 { return scans[lane].x + log(scans[lane].y); }

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wg: vec3u, @builtin(num_workgroups) wgs: vec3u,
        @builtin(local_invocation_index) li: u32 SUBGROUP_ARGS) {
  SUBGROUP_LET
  let per_wg = 64u / sg_size;
  for (var lane = wg.x * per_wg + li / sg_size; lane < step.lanes; lane += wgs.x * per_wg) {
    var sum = 0.0;
    for (var i = sg_lane; i < STRIPES; i += sg_size) { sum += partial[lane * STRIPES + i]; }
    sum = sg_add(sum);
    if (sg_lane != 0u) { continue; }
    var next = step.next;
    if (next == NO_TOKEN) { next = lists[select(step.driver, lane, step.free_running == 1u) * TOP].y; }
    let at = lane * RECORD;
    let here = log_sum(lane);
    result[at] = bitcast<u32>(sum);
    result[at + 2u] = bitcast<u32>(here);
    result[at + 3u] = next;
    if (next != WAIT) {
      result[at + 1u] = bitcast<u32>(logits[lane * V + next] - here);
      tokens[lane] = next;
    }
    let other = select(0u, min(1u, step.lanes - 1u), lane == 0u);
    let there = log_sum(other);
    for (var i = 0u; i < TOP; i++) {
      let item = lists[lane * TOP + i];
      result[at + 4u + i * 3u] = item.y;
      result[at + 5u + i * 3u] = bitcast<u32>(bitcast<f32>(item.x) - here);
      result[at + 6u + i * 3u] = bitcast<u32>(logits[other * V + item.y] - there);
    }
  }
}
