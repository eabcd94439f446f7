import { KvError } from '../../errors';
import { rotatedHeads } from '../../kv/rotated-rows';
import { roundF16 } from '../../load/f16';
import type { ReferenceCodec } from '../codec';
import { hadamard } from '../hadamard';
import { roundEven } from '../uniform';

const { fround } = Math;

interface Settings {
  bits: number;
  clip: number;
  /** Steps of the range; 2^bits - 1 but for the released 3-bit code. */
  steps: number;
}

/** One slice of a rotated row, in place (RotateKV, Su et al. 2025): s and z in f16, z on a code. */
export function throughSlice(slice: Float32Array, { bits, clip, steps }: Settings): void {
  const [least, most] = [Math.min(...slice), Math.max(...slice)];
  const low = fround(fround(clip) * least);
  const s = roundF16(fround(fround(fround(fround(clip) * most) - low) / steps));
  const z = s > 0 ? roundF16(roundEven(fround(-low / s))) : 0;
  if (s === 0 || Math.abs(z) > 65504) {
    slice.fill(roundF16(least));
    return;
  }
  const top = 2 ** bits - 1;
  for (const [i, x] of slice.entries()) {
    const code = Math.min(Math.max(roundEven(fround(x / s)) + z, 0), top);
    slice[i] = fround(s * (code - z));
  }
}

/**
 * The definition of the `rotated-order` codec: heads are rotated, `together` at a time, channels of all heads put in order, slices of a
 * head's size coded, and all of it undone. `places`: place of every rotated channel.
 */
const codec: ReferenceCodec = {
  id: 'rotated-order',
  through(rows, { heads, headDim }, { bits, own }, header) {
    if (!header) throw new KvError('internal', 'The order of the channels is not given.');
    const width = heads * headDim;
    const places = new Uint16Array(header.buffer, header.byteOffset, width);
    const turn = headDim * rotatedHeads(Number(own?.headGroup ?? 4), heads);
    const steps = own?.steps3 === 'repo' && bits === 3 ? 8 : 2 ** bits - 1;
    const settings = { bits, clip: bits > 2 ? 1 : Number(own?.clip ?? 0.8), steps };
    const out = Float32Array.from(rows);
    const ordered = new Float32Array(width);
    for (let at = 0; at < out.length; at += width) {
      const row = out.subarray(at, at + width);
      hadamard(row, turn);
      for (const [channel, place] of places.entries()) ordered[place] = row[channel];
      for (let from = 0; from < width; from += headDim) throughSlice(ordered.subarray(from, from + headDim), settings);
      for (const [channel, place] of places.entries()) row[channel] = ordered[place];
      hadamard(row, turn);
    }
    return out;
  },
};

export default codec;
