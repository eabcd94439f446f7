// One side (keys or values) of one layer: all lanes and classes share the code buffer and the scale buffer.
// A class is a codec with its width and its place in this layer; a slot entry says class << 28 | slot, or EVICTED. Row = slot * HK + head.
struct Class {
  codec: u32, bits: u32, group: u32, flags: u32,
  code_base: u32, code_stride: u32, scale_base: u32, scale_stride: u32,
  p0: u32, p1: u32, p2: u32, header: u32,
}
// Side and layer that a host works on; channels = D, where a loop must not end at a constant.
struct Params { side: u32, channels: u32, layer: u32, unused: u32 }
const SYMMETRIC = 1u;
const ALONG_TOKEN = 2u;
const TRANSFORMED = 4u;
const UNROTATED = 8u; // keys as they are before RoPE
const ROW_TILE = 16u; // all KV heads of a token are coded together
const CLASSES = 16u;
const EVICTED = 0xffffffffu;
