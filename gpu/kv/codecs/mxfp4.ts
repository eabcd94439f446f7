import type { Codec } from '../codec';
import { ownOf } from '../codec';
import { groupSize } from '../config';
import { e2m1Read, e2m1Write } from '../e2m1';

/** 4-bit floats with a power of two per group, defined in `reference/codecs/mxfp4.ts`; four exponents (plus 127) to a word. */
const codec: Codec = {
  id: 'mxfp4',
  title: 'MXFP4',
  text:
    'Each value becomes one of fifteen 4-bit floats. The channels of a group share a scale that is a power of two, of which only ' +
    'the exponent is stored.',
  formula: 's = 2^(floor(log2 max|x|) - 2) or 2^ceil(log2(max|x| / 6)), value = s e2m1(x / s)',
  source: 'https://arxiv.org/abs/2310.10537',
  bits: [4],
  params: [
    {
      key: 'rule',
      title: 'Exponent rule',
      text: 'floor is the standard and cuts off the largest values of a group; ceil takes the next power of two where they would be.',
      unit: '',
      perSide: true,
      default: 'floor',
      choices: ['floor', 'ceil'],
    },
  ],
  layout(side, headDim) {
    const group = groupSize(side, headDim);
    const groups = headDim / group;
    return { codeWords: headDim / 8, scaleWords: Math.ceil(groups / 4), blockTokens: 1, bits: 4 + 8 / group };
  },
  words: (side) => [ownOf(codec, side).rule === 'ceil' ? 1 : 0],
  refuses: (side) =>
    side.along === 'token' ? 'codec=mxfp4 groups the channels of one token; leave along=channel.' : null,
  read: /* wgsl */ `${e2m1Read('mxfp4')}
fn mxfp4_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct {
  let row_at = slot * HK + head;
  let g = o * 8u / c.group;
  let byte = (scales[c.scale_base + row_at * c.scale_stride + (g >> 2u)] >> ((g & 3u) * 8u)) & 0xffu;
  let s = bitcast<f32>(byte << 23u);
  let value = mxfp4_values(codes[c.code_base + row_at * c.code_stride + o]);
  return Oct(s * value.lo, s * value.hi);
}`,
  write: /* wgsl */ `${e2m1Write('mxfp4')}
fn mxfp4_encode(c: Class, slot: u32, head: u32) {
  load_row(0u, head, c);
  let row_at = slot * HK + head;
  for (var first = 0u; first < params.channels; first += c.group) {
    let bits = bitcast<u32>(mxfp4_amax(first, first + c.group));
    // Exponent of amax less 2, one more where its fraction is above 1.5; at least the smallest normal number.
    var byte = max(bits >> 23u, 3u) - 2u;
    if (c.p0 == 1u && (bits & 0x7fffffu) > 0x400000u) { byte += 1u; }
    mxfp4_store_scale(c.scale_base + row_at * c.scale_stride, first / c.group, byte);
    mxfp4_store(c, row_at, first, first + c.group, bitcast<f32>(byte << 23u));
  }
}`,
};

export default codec;
