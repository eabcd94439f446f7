/**
 * A row of attention over keys 0 .. length - 1, in three parts: the sink (key 0) apart with its number, the middle
 * pooled to two pixels a cell, the last 64 keys one cell each. The query is the last cell.
 */
export interface RowLayout {
  length: number;
  sink: { left: number; width: number };
  middle: { left: number; width: number; buckets: number; from: number; to: number };
  exact: { left: number; width: number; cell: number; from: number };
  right: number;
  top: number;
  stripHeight: number;
  strips: number;
}

export const exactKeys = 64;
const sinkWidth = 34;
const gap = 8;
const stripGap = 3;

export function rowLayout(
  width: number,
  length: number,
  strips: number,
  stripHeight: number,
  labelWidth: number,
): RowLayout {
  const last = Math.min(exactKeys, Math.max(0, length - 1));
  const from = Math.max(1, length - last);
  const middleLeft = labelWidth + sinkWidth + gap;
  const middleWidth = 2 * Math.round(Math.min(240, Math.max(60, width * 0.265)) / 2);
  const exactLeft = middleLeft + middleWidth + gap;
  return {
    length,
    sink: { left: labelWidth, width: sinkWidth },
    middle: { left: middleLeft, width: middleWidth, buckets: middleWidth / 2, from: 1, to: from },
    exact: { left: exactLeft, width: width - exactLeft, cell: (width - exactLeft) / exactKeys, from },
    right: width,
    top: 17,
    stripHeight,
    strips,
  };
}

export function stripTop(layout: RowLayout, strip: number): number {
  return layout.top + strip * (layout.stripHeight + stripGap);
}

export function stripsBottom(layout: RowLayout): number {
  return stripTop(layout, layout.strips) - stripGap;
}

/** Centre of a key's cell. Short rows fill the exact part from the right, where the query stands. */
export function keyX(layout: RowLayout, key: number): number {
  if (key === 0) return layout.sink.left + layout.sink.width / 2;
  const { middle, exact } = layout;
  if (key >= exact.from) return layout.right - (layout.length - key - 0.5) * exact.cell;
  return middle.left + ((key - middle.from + 0.5) / (middle.to - middle.from)) * middle.width;
}

/** The key under a point, -1 between the parts. In the middle: the strongest key of the pooled cell, by `strength`. */
export function keyAt(layout: RowLayout, x: number, strength: (key: number) => number): number {
  const { sink, middle, exact } = layout;
  if (x >= sink.left && x < sink.left + sink.width) return 0;
  if (x >= exact.left) {
    const key = layout.length - 1 - Math.floor((layout.right - x) / exact.cell);
    return key >= exact.from && key < layout.length ? key : -1;
  }
  if (x < middle.left || x >= middle.left + middle.width || middle.to <= middle.from) return -1;
  const span = middle.to - middle.from;
  const bucket = Math.floor(((x - middle.left) / middle.width) * middle.buckets);
  const first = middle.from + Math.floor((bucket * span) / middle.buckets);
  let best = first;
  for (let key = first; key < middle.from + ((bucket + 1) * span) / middle.buckets; key++) {
    if (strength(key) > strength(best)) best = key;
  }
  return best;
}
