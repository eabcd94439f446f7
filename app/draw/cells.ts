import type { Surface } from './canvas';

/** Edge positions on whole device pixels, so that neighbouring cells never blur into each other. */
export function snap(value: number, dpr: number): number {
  return Math.round(value * dpr) / dpr;
}

/** One cell: one rect with a gap at its right and lower edge. An empty colour leaves the ground. */
export function fillCell(
  surface: Surface,
  x: number,
  y: number,
  w: number,
  h: number,
  color: string,
  gap: number,
): void {
  const { ctx, dpr, theme } = surface;
  const left = snap(x, dpr);
  const top = snap(y, dpr);
  const width = Math.max(1 / dpr, snap(x + w, dpr) - left - gap);
  const height = Math.max(1 / dpr, snap(y + h, dpr) - top - gap);
  if (color) {
    ctx.fillStyle = color;
    ctx.fillRect(left, top, width, height);
  }
  if (theme.forced) strokeInside(surface, left, top, width, height, theme.ink);
}

/** A cell that has no value yet: outline only. */
export function outlineCell(surface: Surface, x: number, y: number, w: number, h: number, gap: number): void {
  const { dpr } = surface;
  const left = snap(x, dpr);
  const top = snap(y, dpr);
  strokeInside(surface, left, top, snap(x + w, dpr) - left - gap, snap(y + h, dpr) - top - gap, surface.theme.line);
}

function strokeInside({ ctx }: Surface, x: number, y: number, w: number, h: number, color: string): void {
  ctx.strokeStyle = color;
  ctx.lineWidth = 1;
  ctx.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1);
}

/** Selection ring: paper under ink, so that it shows on any cell. `thin` while another cell is hovered. */
export function ringCell({ ctx, theme }: Surface, x: number, y: number, w: number, h: number, thin = false): void {
  ctx.strokeStyle = theme.bg;
  ctx.lineWidth = thin ? 2.5 : 3;
  ctx.strokeRect(x - 2.5, y - 2.5, w + 4, h + 4);
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = thin ? 1 : 2;
  ctx.strokeRect(x - 2, y - 2, w + 3, h + 3);
}

/** A strip of equal cells, colour by index. `gap` is the part of a cell left free at its right. */
export function fillStrip(
  surface: Surface,
  x: number,
  y: number,
  w: number,
  h: number,
  count: number,
  gap: number,
  colorOf: (i: number) => string,
): void {
  const { ctx, dpr, theme } = surface;
  for (let i = 0; i < count; i++) {
    const color = colorOf(i);
    if (!color) continue;
    const left = snap(x + (i * w) / count, dpr);
    const right = snap(x + ((i + 1) * w) / count, dpr);
    ctx.fillStyle = color;
    ctx.fillRect(left, y, Math.max(1 / dpr, right - left - gap), h);
  }
  if (theme.forced) strokeInside(surface, x, y, w, h, theme.ink);
}
