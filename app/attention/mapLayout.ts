import { bandAt } from '../draw/hit';

/** Where the head map's cells lie: rows are layers, columns are query heads grouped by the KV head they share. */
export interface MapLayout {
  layers: number;
  heads: number;
  perGroup: number;
  numbers: boolean;
  left: number;
  top: number;
  cellWidth: number;
  cellHeight: number;
  /** Left edge of each head's column. */
  columns: number[];
  /** Right edge of the cells. */
  right: number;
  /** Left edge and length of the layer-mean bars, null without them. */
  bars: { left: number; length: number } | null;
}

const numbersWidth = 24;
const labelHeight = 18;
const barsRoom = 62;
const groupGap = 5;

export interface MapShape {
  layers: number;
  heads: number;
  kvHeads: number;
}

/** `bars`: layer means at the right. `numbers`: layer numbers at the left (the second of two maps has none). */
export interface MapParts {
  bars: boolean;
  numbers: boolean;
}

export function mapLayout(width: number, height: number, shape: MapShape, parts: MapParts): MapLayout {
  const left = parts.numbers ? numbersWidth : 1;
  const { layers, heads, kvHeads } = shape;
  const perGroup = Math.max(1, Math.round(heads / kvHeads));
  const groups = Math.ceil(heads / perGroup);
  const gap = Math.min(groupGap, (width * 0.12) / Math.max(1, groups - 1));
  const room = width - left - 1 - (groups - 1) * gap - (parts.bars ? barsRoom : 0);
  const cellWidth = Math.max(3, Math.min(parts.bars ? 24 : 32, room / heads));
  const columns = Array.from({ length: heads }, (_, h) => left + h * cellWidth + Math.floor(h / perGroup) * gap);
  const right = columns[heads - 1] + cellWidth;
  return {
    layers,
    heads,
    perGroup,
    numbers: parts.numbers,
    left,
    top: labelHeight,
    cellWidth,
    cellHeight: Math.max(3, Math.min(14, (height - labelHeight - 2) / layers)),
    columns,
    right,
    bars: parts.bars ? { left: right + 8, length: Math.max(10, Math.min(44, width - right - 18)) } : null,
  };
}

export interface HeadAt {
  layer: number;
  head: number;
}

/** The cell under a point; the gaps between KV groups belong to the cell at their left. */
export function cellAt(layout: MapLayout, x: number, y: number): HeadAt | null {
  if (x < layout.left || x >= layout.right || y < layout.top) return null;
  const layer = Math.floor((y - layout.top) / layout.cellHeight);
  const head = bandAt(layout.columns, x);
  return layer < layout.layers && head >= 0 ? { layer, head } : null;
}

/** The KV group whose label is under a point, -1 elsewhere. */
export function groupAt(layout: MapLayout, x: number, y: number): number {
  if (y < 0 || y >= layout.top || x < layout.left || x >= layout.right) return -1;
  return Math.floor(bandAt(layout.columns, x) / layout.perGroup);
}

export function moveHead(shape: MapShape, from: HeadAt, dx: number, dy: number): HeadAt {
  const clamp = (v: number, size: number) => Math.min(size - 1, Math.max(0, v));
  return { layer: clamp(from.layer + dy, shape.layers), head: clamp(from.head + dx, shape.heads) };
}

/** Rows that carry a layer number: every fifth and the last, thinned where they would touch. */
export function layerLabels(layers: number, cellHeight: number): number[] {
  const spacing = 5 * Math.max(1, Math.ceil(12 / (5 * cellHeight)));
  const labels: number[] = [];
  for (let layer = 0; layer < layers - 1; layer += spacing) {
    if ((layers - 1 - layer) * cellHeight >= 12) labels.push(layer);
  }
  return [...labels, layers - 1];
}
