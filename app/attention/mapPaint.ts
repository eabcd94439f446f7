import type { Surface } from '../draw/canvas';
import { fillCell, outlineCell, ringCell, snap } from '../draw/cells';
import { drawText, textWidth } from '../draw/text';
import type { HeadAt, MapLayout } from './mapLayout';
import { layerLabels } from './mapLayout';
import type { Metric } from './metrics';
import { barShare, cellColor } from './metrics';

export interface MapView {
  metric: Metric;
  /** [layers][heads]; null = nothing computed yet: outlines only. */
  values: Float32Array | null;
  locked: HeadAt | null;
  hovered: HeadAt | null;
  /** A KV group whose label is hovered: its heads stay, the others fade. -1 = none. */
  group: number;
  /** Lines to say over greyed cells, where the values mean nothing. */
  parted: readonly string[] | null;
  kvLabel: (group: number) => string;
  barsLabel: string;
}

export function paintMap(surface: Surface, layout: MapLayout, view: MapView): void {
  paintLabels(surface, layout, view);
  for (let head = 0; head < layout.heads; head++) paintColumn(surface, layout, view, head);
  surface.ctx.globalAlpha = 1;
  if (layout.bars) paintBars(surface, layout, view, layout.bars);
  if (view.parted) sayOver(surface, layout, view.parted);
  if (!view.values) return;
  const ring = (at: HeadAt, thin: boolean) => {
    const x = snap(layout.columns[at.head], surface.dpr);
    const y = snap(layout.top + at.layer * layout.cellHeight, surface.dpr);
    ringCell(surface, x, y, layout.cellWidth, layout.cellHeight, thin);
  };
  if (view.locked) ring(view.locked, view.hovered !== null);
  if (view.hovered) ring(view.hovered, false);
}

function paintLabels({ ctx, theme }: Surface, layout: MapLayout, view: MapView): void {
  const groups = Math.ceil(layout.heads / layout.perGroup);
  const groupWidth = layout.perGroup * layout.cellWidth;
  for (let group = 0; group < groups; group++) {
    const middle = layout.columns[group * layout.perGroup] + groupWidth / 2;
    const text = groupWidth >= 30 ? view.kvLabel(group) : groupWidth >= 12 || group % 2 === 0 ? String(group) : '';
    const hovered = group === view.group;
    drawText(ctx, theme, text, middle, 12, {
      color: hovered ? theme.ink : theme.ink2,
      strong: hovered,
      align: 'center',
    });
  }
  const focus = view.hovered ?? view.locked;
  if (!layout.numbers) return;
  for (const layer of layerLabels(layout.layers, layout.cellHeight)) {
    const on = view.values !== null && layer === focus?.layer;
    const y = layout.top + layer * layout.cellHeight + Math.min(layout.cellHeight, 12) - 0.5;
    drawText(ctx, theme, String(layer), layout.left - 5, y, {
      color: on ? theme.ink : theme.ink3,
      strong: on,
      align: 'right',
    });
  }
}

function paintColumn(surface: Surface, layout: MapLayout, view: MapView, head: number): void {
  const { cellWidth: w, cellHeight: h, columns, top } = layout;
  const faded = view.group >= 0 && Math.floor(head / layout.perGroup) !== view.group;
  surface.ctx.globalAlpha = view.parted ? 0.2 : faded ? 0.4 : 1;
  const gap = w < 6 || h < 5 ? 0.5 : 1;
  for (let layer = 0; layer < layout.layers; layer++) {
    const y = top + layer * h;
    if (!view.values) {
      outlineCell(surface, columns[head], y, w, h, 0.5);
      continue;
    }
    const value = view.values[layer * layout.heads + head];
    fillCell(surface, columns[head], y, w, h, cellColor(view.metric, value, surface.theme), gap);
  }
}

function sayOver({ ctx, theme }: Surface, layout: MapLayout, lines: readonly string[]): void {
  const left = layout.columns[0];
  const middle = (left + layout.columns[layout.heads - 1] + layout.cellWidth) / 2;
  const top = layout.top + (layout.layers * layout.cellHeight) / 2 - lines.length * 8;
  const width = Math.max(...lines.map((line) => textWidth(ctx, theme, line))) + 16;
  ctx.fillStyle = theme.bg;
  ctx.fillRect(middle - width / 2, top - 6, width, lines.length * 16 + 10);
  lines.forEach((line, i) => {
    drawText(ctx, theme, line, middle, top + 11 + i * 16, { color: theme.ink, align: 'center' });
  });
}

function paintBars(surface: Surface, layout: MapLayout, view: MapView, bars: { left: number; length: number }): void {
  const { ctx, theme, dpr } = surface;
  drawText(ctx, theme, view.barsLabel, bars.left, 12, { color: theme.ink2 });
  ctx.fillStyle = theme.lineStrong;
  ctx.fillRect(Math.round(bars.left) - 1, layout.top, 1, layout.layers * layout.cellHeight - 1);
  if (!view.values || view.parted) return;
  for (let layer = 0; layer < layout.layers; layer++) {
    let sum = 0;
    for (let head = 0; head < layout.heads; head++) sum += view.values[layer * layout.heads + head];
    const mean = sum / layout.heads;
    const y = snap(layout.top + layer * layout.cellHeight + 1, dpr);
    const height = snap(Math.max(2, layout.cellHeight - 3), dpr);
    ctx.fillStyle = barColor(view.metric, mean, surface);
    ctx.fillRect(bars.left, y, barShare(view.metric, mean) * bars.length, height);
  }
}

function barColor(metric: Metric, mean: number, { theme }: Surface): string {
  if (metric.scale.kind === 'magnitude') return theme.ramp[5];
  return theme.diverging[mean < 0 ? 1 : 7];
}
