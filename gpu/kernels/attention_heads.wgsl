// A thread of the attention has the G query heads of a KV head, or, where a lane of the run keeps rows once per query head (BY_QUERY),
// one query head (G = 1).
fn kv_head(head: u32) -> u32 { return head * G / (H / HK); }
// The head under which a table has the rows that a thread reads.
fn table_head(table: u32, head: u32) -> u32 {
#if BY_QUERY
  return select(kv_head(head), head, ((step.more.y >> table) & 1u) != 0u);
#end
#if !BY_QUERY
  return head;
#end
}
