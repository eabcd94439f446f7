// Writes codes one behind the other from a word on: pack_begin, then pack_code for each. Words are written as they fill up.
var<private> pack_at: u32;
var<private> pack_word: u32;
var<private> pack_used: u32;
fn pack_begin(at: u32) {
  pack_at = at;
  pack_word = 0u;
  pack_used = 0u;
}
fn pack_code(code: u32, bits: u32) {
  pack_word |= code << pack_used;
  pack_used += bits;
  if (pack_used >= 32u) {
    codes[pack_at] = pack_word;
    pack_at++;
    pack_used -= 32u;
    pack_word = select(0u, code >> (bits - pack_used), pack_used > 0u);
  }
}
