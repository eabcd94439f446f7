import type { Side } from './config';
import type { Entry, ParamValue } from './entry';

/**
 * SEAM 1: a row of one KV head <-> packed words. A codec knows nothing of layers, lanes, policies or positions.
 *
 * WGSL it declares, over the buffers `codes` and `scales` (u32), a `Class` (place and parameters, see cache.wgsl) and constants
 * D, HK:
 *   fn <id>_octet(c: Class, slot: u32, head: u32, o: u32) -> Oct    channels 8o .. 8o+7 of a coded row
 *   fn <id>_encode(c: Class, slot: u32, head: u32)                   codes the row that `load_row(0u, head, c)` puts into `row`,
 *                                                                    or rows 0 .. group-1 when the tile is a block of tokens;
 *                                                                    loops over channels end at params.channels (see encode.wgsl)
 */
export interface Codec extends Entry {
  /** `kvHeads` matters to codecs whose tile is a whole row. */
  layout(side: Side, headDim: number, kvHeads?: number): Layout;
  /** `row`: all KV heads of a token are coded together, by one call with head 0; `load_row(0u, h, c)` gives each of them. */
  tile?: 'row';
  learn?: Learn;
  /**
   * WGSL fn <id>_columns(c: Class, head: u32, channel: u32, ends: vec3f): least and largest value of a channel over all rows of the
   * class that this pass codes, and the largest magnitude over those of both classes; writes its part of the header.
   */
  columns?: string;
  /**
   * WGSL fn <id>_groups(c: Class, first: u32, worker: u32): groups run over the rows of all heads, and all rows are coded together,
   * anew with every flush. Writes the scales of the groups of one of HK D workers; op `first + t` has the row of slot t as its source.
   */
  groups?: string;
  /** Up to three words of the class (c.p0, c.p1, c.p2) that are this codec's own. */
  words?(side: Side, headDim: number): readonly number[];
  /** Why this side cannot be, for heads of `headDim` channels; null when it can. */
  refuses?(side: Side, headDim: number): string | null;
  /** Tables and functions that both readers and encoders use. */
  shared?: string;
  read: string;
  write: string;
  survey?: Survey;
}

/**
 * Numbers about all rows that are coded together (one layer, one side), found before any of them is coded. WGSL of two shaders:
 *   fn <id>_survey(c: Class, head: u32)    puts `values` numbers about the row of `load_row(0u, head, c)` into `found`
 *   fn <id>_settle(c: Class)               with `found` combined over all rows and heads: writes the header, scales[c.header ..]
 */
export interface Survey {
  values: number;
  combine: 'sum' | 'max';
  /** `prompt`: once, over the rows of the first pass; `always`: over the rows of every pass that codes some. */
  when: 'prompt' | 'always';
  wgsl: string;
  settle: string;
}

/**
 * Tables of a layer that are learned on the host before its first row is coded: from the prompt's own rows, or from those of a
 * calibration text. They stand in the header, scales[c.header ..], headerWords of the layout.
 */
export interface Learn {
  from(side: Side): 'prompt' | 'calibration';
  /** rows [tokens][heads][headDim] in the side's domain; `skip` first tokens are kept exact and have no part in it. */
  header(rows: Float32Array, shape: LearnShape, side: Side): Uint32Array;
}

export interface LearnShape {
  heads: number;
  headDim: number;
  skip: number;
}

/** Words of one row of one KV head, and how many tokens are coded together. */
export interface Layout {
  codeWords: number;
  /** Words of scales per row (blockTokens 1) or per block of tokens. */
  scaleWords: number;
  /** Where heads share scales (`tile: 'row'`): words per row of all heads, in place of scaleWords times heads. */
  rowScaleWords?: number;
  blockTokens: number;
  /** Bits per value with its share of the scales, before anything is rounded up to whole words. */
  bits: number;
  /** Words of a layer's tables that stand before the first scale, at scales[c.header]. */
  headerWords?: number;
  /** Bits of those tables that count. */
  headerBits?: number;
}

/** Words of scales of all heads, per row or block of tokens. */
export const scaleWordsOf = (layout: Layout, kvHeads: number): number =>
  layout.rowScaleWords ?? kvHeads * layout.scaleWords;

/** The codec's own settings of a side, defaults filled in. */
export function ownOf(codec: Entry, side: Side): Record<string, ParamValue> {
  const values: Record<string, ParamValue> = {};
  for (const param of codec.params) values[param.key] = side.own?.[param.key] ?? param.default;
  return values;
}
