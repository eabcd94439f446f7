// Spliced in where a lane of the run keeps rows once per query head: threads of the attention then have one query head each (G = 1).
fn kv_head(head: u32) -> u32 { return head / (H / HK); }
// The head under which a table has the rows that a query head reads.
fn table_head(table: u32, head: u32) -> u32 {
  return select(kv_head(head), head, ((step.more.y >> table) & 1u) != 0u);
}
