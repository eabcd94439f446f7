import type { Side } from './config';
import type { Entry } from './entry';

/**
 * SEAM 1: a row of one KV head <-> packed words. A codec knows nothing of layers, lanes, policies or positions.
 *
 * WGSL it declares, over the buffers `codes` and `scales` (u32), a `Class` (place and parameters) and constants D, HK:
 *   fn <id>_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct    channels 8o .. 8o+7 of a coded row
 *   fn <id>_encode(c: Class, slot: u32, head: u32)                   codes the row that `load_row(0u, head, c)` puts into `row`,
 *                                                                    or rows 0 .. group-1 when the tile is a block of tokens;
 *                                                                    loops over channels end at params.channels (see encode.wgsl)
 */
export interface Codec extends Entry {
  layout(side: Side, headDim: number): Layout;
  read: string;
  write: string;
}

/** Words of one row of one KV head, and how many tokens are coded together. */
export interface Layout {
  codeWords: number;
  /** Words of scales per row (blockTokens 1) or per block of tokens. */
  scaleWords: number;
  blockTokens: number;
  /** Bits per value with its share of the scales, before anything is rounded up to whole words. */
  bits: number;
}
