// Ten largest (value, id), best first; equal values keep the lowest id, because ids arrive in ascending order per list
// and lists are merged in ascending order.
const TOP = 10u;
struct Scan { top: f32, sum: f32 }
var<private> best_value: array<f32, TOP>;
var<private> best_id: array<u32, TOP>;
fn top_clear() { for (var i = 0u; i < TOP; i++) { best_value[i] = -3.4e38; best_id[i] = 0xffffffffu; } }
fn top_before(v: f32, id: u32, w: f32, other: u32) -> bool { return v > w || (v == w && id < other); }
fn top_add(v: f32, id: u32) {
  if (!top_before(v, id, best_value[TOP - 1u], best_id[TOP - 1u])) { return; }
  var i = TOP - 1u;
  while (i > 0u && top_before(v, id, best_value[i - 1u], best_id[i - 1u])) {
    best_value[i] = best_value[i - 1u];
    best_id[i] = best_id[i - 1u];
    i--;
  }
  best_value[i] = v;
  best_id[i] = id;
}
// Sum of exponentials, carried with its maximum.
fn scan_add(s: Scan, v: f32) -> Scan {
  if (v > s.top) { return Scan(v, s.sum * exp(s.top - v) + 1.0); }
  return Scan(s.top, s.sum + exp(v - s.top));
}
fn scan_join(a: Scan, b: Scan) -> Scan {
  let top = max(a.top, b.top);
  return Scan(top, a.sum * exp(a.top - top) + b.sum * exp(b.top - top));
}
