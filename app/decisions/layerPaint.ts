import type { Surface } from '../draw/canvas';
import { fillCell, ringCell, snap } from '../draw/cells';
import { fillHatch } from '../draw/hatch';
import { drawText } from '../draw/text';
import { en } from '../text/en';
import type { LayerAt, LayerLayout } from './layerLayout';

export interface LayerView {
  /** A number of every layer with what it is compared with; null = not measured. */
  bars: { values: readonly (number | null)[]; threshold: number } | null;
  /** Tokens that heads hold, and how many there are. */
  counts: readonly number[][] | null;
  tokens: number;
  /** Lines are query heads, else KV heads. */
  byQuery: boolean;
  color: string;
  /** The layer and line on show elsewhere. */
  selected: LayerAt;
  cursor: LayerAt | null;
}

export function paintLayers(surface: Surface, layout: LayerLayout, view: LayerView): void {
  if (layout.bars && view.bars) paintBars(surface, layout, layout.bars, view, view.bars);
  if (layout.map && view.counts) paintCounts(surface, layout, layout.map, view, view.counts);
  paintNumbers(surface, layout);
  const ring = ({ layer, line }: LayerAt, thin: boolean) => {
    if (!layout.map || line === null) return;
    const { top, cellHeight } = layout.map;
    const x = snap(layout.left + layer * layout.cell, surface.dpr);
    ringCell(surface, x, snap(top + line * cellHeight, surface.dpr), layout.cell, cellHeight, thin);
  };
  ring(view.selected, view.cursor !== null);
  if (view.cursor) ring(view.cursor, false);
}

function paintBars(
  surface: Surface,
  layout: LayerLayout,
  { top, height }: NonNullable<LayerLayout['bars']>,
  view: LayerView,
  { values, threshold }: NonNullable<LayerView['bars']>,
): void {
  const { ctx, theme, dpr } = surface;
  const full = Math.max(1, threshold);
  const bottom = top + height;
  drawText(ctx, theme, en.decisions.share, 0, top + 9, { color: theme.ink2 });
  values.forEach((value, layer) => {
    const left = snap(layout.left + layer * layout.cell, dpr);
    const width = snap(layout.left + (layer + 1) * layout.cell, dpr) - left - 1;
    if (value === null) {
      fillHatch(surface, left, top, width, height);
      return;
    }
    const filled = Math.max(1, (height * Math.min(full, value)) / full);
    const isAbove = value > threshold;
    ctx.fillStyle = isAbove ? view.color : theme.lineStrong;
    ctx.fillRect(left, bottom - filled, width, filled);
    if (!isAbove) return;
    ctx.fillStyle = theme.ink;
    ctx.fillRect(left, top - 4, width, 2);
  });
  const y = snap(bottom - (height * threshold) / full, dpr) + 0.5;
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1;
  ctx.setLineDash([3, 2]);
  ctx.beginPath();
  ctx.moveTo(layout.left - 4, y);
  ctx.lineTo(layout.left + layout.layers * layout.cell, y);
  ctx.stroke();
  ctx.setLineDash([]);
  const text = String(Number(threshold.toFixed(2)));
  drawText(ctx, theme, text, layout.left - 6, Math.max(y + 4, top + 20), { color: theme.ink, align: 'right' });
  for (const at of [view.selected, view.cursor]) {
    if (!at) continue;
    ctx.fillStyle = theme.ink;
    ctx.fillRect(snap(layout.left + at.layer * layout.cell, dpr), bottom + 1, layout.cell - 1, 2);
  }
}

function paintCounts(
  surface: Surface,
  layout: LayerLayout,
  { top, heads, cellHeight }: NonNullable<LayerLayout['map']>,
  view: LayerView,
  counts: readonly number[][],
): void {
  const { ctx, theme } = surface;
  const every = Math.ceil(11 / cellHeight);
  for (let line = 0; line < heads; line++) {
    const y = top + line * cellHeight;
    if (line % every === 0) {
      const name = heads === 1 ? en.decisions.allHeads : en.decisions.line(line, view.byQuery);
      drawText(ctx, theme, name, layout.left - 5, y + Math.min(cellHeight, 11) - 1, {
        color: theme.ink3,
        align: 'right',
      });
    }
    for (let layer = 0; layer < layout.layers; layer++) {
      const held = counts[layer][line % counts[layer].length] / Math.max(1, view.tokens);
      const x = layout.left + layer * layout.cell;
      fillCell(surface, x, y, layout.cell, cellHeight, shareColor(surface, held), layout.cell < 5 ? 0.5 : 1);
    }
  }
}

/** Even steps from nothing (blank) to all tokens. */
const shareColor = ({ theme }: Surface, share: number): string =>
  share <= 0 ? '' : theme.ramp[Math.min(7, Math.floor(share * 8))];

function paintNumbers({ ctx, theme }: Surface, layout: LayerLayout): void {
  const every = layout.layers * 14 > layout.layers * layout.cell ? 5 : 1;
  for (let layer = 0; layer < layout.layers; layer += every) {
    const x = layout.left + (layer + 0.5) * layout.cell;
    drawText(ctx, theme, String(layer), x, layout.bottom + 12, { color: theme.ink3, align: 'center' });
  }
}
