import type { Surface } from './canvas';

let tile: { key: string; canvas: HTMLCanvasElement } | null = null;

/** Hatch = not measured, not kept, overhead. A texture, never a ground for text. */
export function fillHatch({ ctx, theme, dpr }: Surface, x: number, y: number, w: number, h: number): void {
  const key = `${theme.hatch}@${dpr}`;
  if (tile?.key !== key) tile = { key, canvas: drawTile(theme.hatch, dpr) };
  const pattern = ctx.createPattern(tile.canvas, 'repeat');
  if (!pattern) return;
  pattern.setTransform(new DOMMatrix().scale(1 / dpr));
  ctx.fillStyle = pattern;
  ctx.fillRect(x, y, w, h);
}

function drawTile(color: string, dpr: number): HTMLCanvasElement {
  const size = Math.round(7 * dpr);
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const ctx = canvas.getContext('2d') as CanvasRenderingContext2D;
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.2 * dpr;
  // The two corner strokes continue the diagonal over the tile's edges.
  for (const shift of [-size, 0, size]) {
    ctx.moveTo(shift - 2, size + 2);
    ctx.lineTo(shift + size + 2, -2);
  }
  ctx.stroke();
  return canvas;
}
