import type { Side } from '../kv/config';

/** The definition of a codec in plain TypeScript, apart from its shaders: f32 arithmetic, half metadata where the codec has it. */
export interface ReferenceCodec {
  id: string;
  /**
   * Rows [tokens][heads][headDim] of one layer and side that are coded together, in the basis of the codec (after transforms), to
   * what a reader gets back. With `along: token` the tokens are whole blocks of `group`. `header`: the layer's tables, for codecs
   * that have learned some.
   */
  through(
    rows: Float32Array,
    shape: { heads: number; headDim: number },
    side: Side,
    header?: Uint32Array,
  ): Float32Array;
}

/** The definition of a transform: one row of a head, in place. */
export interface ReferenceTransform {
  id: string;
  forward(row: Float32Array): void;
  inverse(row: Float32Array): void;
}
