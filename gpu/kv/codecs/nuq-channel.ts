import type { Codec } from '../codec';
import { ownOf } from '../codec';
import type { Side } from '../config';
import { channelTables, levelWords, NUQ_PARAMS, nuqHeader, nuqRefuses, outlierSlots, rulesOf } from '../nuq';
import { nuqRead, nuqWrite } from '../nuq-wgsl';

const outlierWords = (side: Side, channels: number): number =>
  ownOf(codec, side).outliers === 1 ? 2 * outlierSlots(channels) : 0;

/** Header: the levels, then a word per channel of a row, centre low and half-range high; defined in `reference/codecs/nuq-channel.ts`. */
const codec: Codec = {
  id: 'nuq-channel',
  title: 'Levels on channel spans',
  text:
    'Every channel has a centre and a half-range that are learned once; a value is replaced by the nearest of 2^bits learned levels ' +
    'between them. The few values of a token that lie farthest outside are kept exact, each with the number of its channel.',
  formula: 'x = (k - centre_d) / half_d, code = nearest level to x, value = level half_d + centre_d; outliers exact',
  source: 'https://arxiv.org/abs/2401.18079',
  bits: [2, 3, 4, 5],
  params: NUQ_PARAMS,
  tile: 'row',
  layout(side, headDim, kvHeads = 1) {
    const channels = kvHeads * headDim;
    const words = outlierWords(side, channels);
    return {
      codeWords: (headDim / 32) * side.bits,
      scaleWords: Math.ceil(words / kvHeads),
      blockTokens: 1,
      bits: side.bits + (32 * words) / channels,
      headerWords: levelWords(side.bits) + channels,
      headerBits: 32 * (levelWords(side.bits) + channels),
    };
  },
  words: (side) => [Number(ownOf(codec, side).outliers)],
  refuses: nuqRefuses,
  learn: {
    from: (side) => (ownOf(codec, side).calibration === 'text' ? 'calibration' : 'prompt'),
    header: (rows, shape, side) => nuqHeader(channelTables(rows, shape, rulesOf(side))),
  },
  read: /* wgsl */ `
fn nuq_channel_span(c: Class, slot: u32, channel: u32) -> vec2f {
  return unpack2x16float(scales[c.header + (1u << (c.bits - 1u)) + channel]);
}
${nuqRead('nuq_channel', 0)}`,
  write: /* wgsl */ `
const nuq_channel_MORE = 0u;
// 0 inside the span: such a value takes no slot.
fn nuq_channel_key(c: Class, channel: u32, x: f32) -> f32 {
  let span = nuq_channel_span(c, 0u, channel);
  let y = x - span.x;
  if (abs(y) <= span.y) { return 0.0; }
  return y / span.y;
}
fn nuq_channel_is_out(key: f32) -> bool { return key > 0.0; }
fn nuq_channel_settle(c: Class, slot: u32) { }
${nuqWrite('nuq_channel', 0)}`,
};

export default codec;
