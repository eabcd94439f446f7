import { QUARTER_ANGLES, QUARTER_SLOPES, TREE_ANGLES, treeSlopes } from '../../kv/polar-angles';
import { roundF16 } from '../../load/f16';
import type { ReferenceCodec } from '../codec';
import { perHead } from '../per-head';

const { fround } = Math;
const WIDTH = 16;

const length = (a: number, b: number): number => fround(Math.sqrt(fround(fround(a * a) + fround(b * b))));
const below = (slopes: readonly number[], a: number, b: number): number =>
  slopes.filter((slope) => b >= fround(a * slope)).length;

/** The middle of the sixteenth of a turn that the point lies in. */
function sector(x: number, y: number): number {
  const quarter = y < 0 ? (x < 0 ? 2 : 3) : x < 0 ? 1 : 0;
  const [a, b] = quarter % 2 === 1 ? [Math.abs(y), Math.abs(x)] : [Math.abs(x), Math.abs(y)];
  return QUARTER_ANGLES[below(QUARTER_SLOPES, a, b)] + (quarter * Math.PI) / 2;
}

/** Sixteen channels through one length (f16) and fifteen coded angles. */
export function throughTree(block: Float32Array): Float32Array {
  let lengths = [...block];
  const angles: number[][] = [];
  while (lengths.length > 1) {
    const depth = angles.length;
    const pairs = Array.from({ length: lengths.length / 2 }, (_, i) => [lengths[2 * i], lengths[2 * i + 1]]);
    angles.push(
      pairs.map(([a, b]) => (depth === 0 ? sector(a, b) : TREE_ANGLES[depth - 1][below(treeSlopes(depth - 1), a, b)])),
    );
    lengths = pairs.map(([a, b]) => length(a, b));
  }
  let back = [roundF16(lengths[0])];
  for (const level of angles.reverse()) back = back.flatMap((r, i) => [r * Math.cos(level[i]), r * Math.sin(level[i])]);
  return Float32Array.from(back);
}

/**
 * The definition of the `polar-tree` codec (PolarQuant, Han et al. 2025): channels 2i and 2i + 1 of sixteen are a length and an angle, then
 * neighbouring lengths are, and so on. Lower angles: sixteen even sectors; upper ones: the four levels of `polar-angles.ts`.
 */
const codec: ReferenceCodec = {
  id: 'polar-tree',
  through: (rows, shape) =>
    perHead(rows, shape, (one) => {
      const out = new Float32Array(one.length);
      for (let at = 0; at < one.length; at += WIDTH) out.set(throughTree(one.subarray(at, at + WIDTH)), at);
      return out;
    }),
};

export default codec;
