/** Layers from left to right: bars of a number above, heads as lines of cells below. Either may be missing. */
export interface LayerLayout {
  left: number;
  layers: number;
  cell: number;
  bars: { top: number; height: number } | null;
  map: { top: number; heads: number; cellHeight: number } | null;
  bottom: number;
}

const LABELS = 34;
const NUMBERS = 14;
const ROOM_FOR_NAME = 12;
const WIDEST = 18;
const TALLEST = 13;

export interface LayerShape {
  layers: number;
  hasBars: boolean;
  /** Lines of the map: heads, or 1 where all heads of a layer hold the same; 0 = no map. */
  heads: number;
}

export function layerLayout(width: number, height: number, { layers, hasBars, heads }: LayerShape): LayerLayout {
  const bottom = height - NUMBERS;
  const room = bottom - ROOM_FOR_NAME;
  const mapHeight = heads === 0 ? 0 : Math.min(heads * TALLEST, hasBars ? room * 0.5 : room);
  const mapTop = hasBars ? bottom - mapHeight : ROOM_FOR_NAME;
  const barsHeight = bottom - ROOM_FOR_NAME - (mapHeight > 0 ? mapHeight + 4 : 0);
  return {
    left: LABELS,
    layers,
    cell: Math.min(WIDEST, (width - LABELS - 1) / Math.max(1, layers)),
    bars: hasBars ? { top: ROOM_FOR_NAME, height: barsHeight } : null,
    map: heads > 0 ? { top: mapTop, heads, cellHeight: mapHeight / heads } : null,
    bottom: heads > 0 && !hasBars ? mapTop + mapHeight : bottom,
  };
}

export interface LayerAt {
  layer: number;
  /** Line of the map; null over the bars. */
  line: number | null;
}

export function layerAt(layout: LayerLayout, x: number, y: number): LayerAt | null {
  const layer = Math.floor((x - layout.left) / layout.cell);
  if (layer < 0 || layer >= layout.layers) return null;
  if (!layout.map) return { layer, line: null };
  const line = Math.floor((y - layout.map.top) / layout.map.cellHeight);
  return { layer, line: line >= 0 && line < layout.map.heads ? line : null };
}
