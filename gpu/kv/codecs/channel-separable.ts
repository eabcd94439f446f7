import type { Codec } from '../codec';
import { ownOf } from '../codec';
import { storedBits } from '../config';

const PER_HEAD = 1;

/**
 * Channels scaled by the root of their peak, then one range per token row; defined in `reference/codecs/channel-separable.ts`. The
 * header holds the scale of each channel, rounded to f16; a row one word (f16 step low, f16 minimum high), or one per head.
 */
const codec: Codec = {
  id: 'channel-separable',
  title: 'Channel-separable rows',
  text:
    'Every channel is divided by the square root of its largest magnitude, so that outlier channels do not widen the range; then a ' +
    'token has one range over all heads.',
  formula:
    'c = sqrt(max_t |x|) per channel, y = x / c, s = (max - min) / (2^b - 1) over the row, value = (s round((y - min) / s) + min) c',
  source: 'https://arxiv.org/abs/2405.14256',
  bits: [1, 2, 3, 4, 5, 6, 7, 8],
  params: [
    {
      key: 'rowScope',
      title: 'Range of a row',
      text: 'code: one range over the rows of all heads in one slot, as the published code has it. perHead: one range for each head.',
      unit: '',
      perSide: true,
      default: 'code',
      choices: ['code', 'perHead'],
    },
  ],
  tile: 'row',
  layout(side, headDim, kvHeads = 1) {
    const perHead = ownOf(codec, side).rowScope === 'perHead';
    return {
      codeWords: (headDim / 32) * storedBits(side.bits),
      scaleWords: 1,
      rowScaleWords: perHead ? kvHeads : 1,
      blockTokens: 1,
      bits: side.bits + 32 / (perHead ? headDim : headDim * kvHeads),
      headerWords: headDim * kvHeads,
      // 16 bits per channel, in the headers of both classes.
      headerBits: 8 * headDim * kvHeads,
    };
  },
  words: (side) => [ownOf(codec, side).rowScope === 'perHead' ? PER_HEAD : 0],
  refuses: ({ along, transforms }) =>
    along === 'token' || transforms.length > 0
      ? 'codec=channel-separable scales channels as they are: no along=token and no transform.'
      : null,
  columns: /* wgsl */ `
fn channel_separable_columns(c: Class, head: u32, channel: u32, ends: vec3f) {
  let scale = sqrt(ends.z);
  scales[c.header + head * D + channel] = bitcast<u32>(from_half(to_half(select(1.0, scale, scale > 0.0))));
}`,
  read: /* wgsl */ `
fn channel_separable_scales(at: u32) -> vec4f {
  return vec4f(bitcast<f32>(scales[at]), bitcast<f32>(scales[at + 1u]), bitcast<f32>(scales[at + 2u]), bitcast<f32>(scales[at + 3u]));
}
fn channel_separable_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let code = code_octet(c, slot, head, o);
  let range = unpack2x16float(scales[c.scale_base + select(slot, slot * HK + head, c.p0 == ${PER_HEAD}u)]);
  let h = c.header + head * D + o * 8u;
  return Oct(
    (code.lo * range.x + range.y) * channel_separable_scales(h),
    (code.hi * range.x + range.y) * channel_separable_scales(h + 4u));
}`,
  write: /* wgsl */ `
fn channel_separable_load(c: Class, head: u32) {
  load_row(0u, head, c);
  for (var i = 0u; i < params.channels; i++) { row[i] /= bitcast<f32>(scales[c.header + head * D + i]); }
}
fn channel_separable_store(c: Class, slot: u32, head: u32, range: vec2f) {
  pack_begin(c.code_base + (slot * HK + head) * c.code_stride);
  let top = f32((1u << c.bits) - 1u);
  for (var i = 0u; i < params.channels; i++) {
    var code = 0u;
    if (range.x > 0.0) { code = u32(clamp(round((row[i] - range.y) / range.x), 0.0, top)); }
    pack_code(code, c.bits);
  }
}
// Least and largest scaled value of the rows of heads from .. to - 1, as step and minimum in f16.
fn channel_separable_range(c: Class, slot: u32, from_head: u32, to_head: u32) -> vec2f {
  var low = 3.4e38;
  var high = -3.4e38;
  for (var h = from_head; h < to_head; h++) {
    channel_separable_load(c, h);
    for (var i = 0u; i < params.channels; i++) {
      low = min(low, row[i]);
      high = max(high, row[i]);
    }
  }
  let s = to_half((high - low) / f32((1u << c.bits) - 1u));
  let m = to_half(low);
  scales[c.scale_base + select(slot, slot * HK + from_head, c.p0 == ${PER_HEAD}u)] = s | (m << 16u);
  return vec2f(from_half(s), from_half(m));
}
fn channel_separable_encode(c: Class, slot: u32, head: u32) {
  let each = c.p0 == ${PER_HEAD}u;
  var range = vec2f(0.0);
  if (!each) { range = channel_separable_range(c, slot, 0u, HK); }
  for (var h = 0u; h < HK; h++) {
    if (each) { range = channel_separable_range(c, slot, h, h + 1u); }
    channel_separable_load(c, h);
    channel_separable_store(c, slot, h, range);
  }
}`,
};

export default codec;
