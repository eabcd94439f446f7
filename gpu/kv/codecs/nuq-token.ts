import type { Codec } from '../codec';
import { ownOf } from '../codec';
import type { Side } from '../config';
import { levelWords, NUQ_PARAMS, nuqHeader, nuqRefuses, outlierSlots, rulesOf, tokenTables } from '../nuq';
import { nuqRead, nuqWrite } from '../nuq-wgsl';

const outlierWords = (side: Side, channels: number): number =>
  ownOf(codec, side).outliers === 1 ? 2 * outlierSlots(channels) : 0;

/** A row's words: centre low and half-range high, then its outliers. Header: the levels. Defined in `reference/codecs/nuq-token.ts`. */
const codec: Codec = {
  id: 'nuq-token',
  title: 'Levels on token spans',
  text:
    'The values of a token, all heads together, are replaced by the nearest of 2^bits learned levels between the smallest and the ' +
    'largest of them. The few on top and at the bottom are kept exact, each with the number of its channel, and do not widen the span.',
  formula: 'x = (v - centre) / half, code = nearest level to x, value = level half + centre; outliers exact',
  source: 'https://arxiv.org/abs/2401.18079',
  bits: [2, 3, 4, 5],
  params: NUQ_PARAMS,
  tile: 'row',
  layout(side, headDim, kvHeads = 1) {
    const channels = kvHeads * headDim;
    const words = 1 + outlierWords(side, channels);
    return {
      codeWords: (headDim / 32) * side.bits,
      scaleWords: Math.ceil(words / kvHeads),
      blockTokens: 1,
      bits: side.bits + (32 * words) / channels,
      headerWords: levelWords(side.bits),
      headerBits: 32 * levelWords(side.bits),
    };
  },
  words: (side) => [Number(ownOf(codec, side).outliers)],
  refuses: nuqRefuses,
  learn: {
    from: (side) => (ownOf(codec, side).calibration === 'text' ? 'calibration' : 'prompt'),
    header: (rows, shape, side) => nuqHeader(tokenTables(rows, shape, rulesOf(side))),
  },
  read: /* wgsl */ `
fn nuq_token_span(c: Class, slot: u32, channel: u32) -> vec2f {
  return unpack2x16float(scales[nuq_token_row_at(c, slot)]);
}
${nuqRead('nuq_token', 1)}`,
  write: /* wgsl */ `
const nuq_token_MORE = 1u;
fn nuq_token_key(c: Class, channel: u32, x: f32) -> f32 { return x; }
fn nuq_token_is_out(key: f32) -> bool { return true; }
fn nuq_token_settle(c: Class, slot: u32) {
  let high = nuq_token_top[nuq_token_SLOTS * c.p0];
  let low = nuq_token_low[nuq_token_SLOTS * c.p0];
  scales[nuq_token_row_at(c, slot)] = to_halves((low + high) * 0.5, (high - low) * 0.5);
}
${nuqWrite('nuq_token', 1)}`,
};

export default codec;
