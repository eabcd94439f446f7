import type { Theme } from './theme';

export interface TextStyle {
  color: string;
  size?: number;
  strong?: boolean;
  align?: CanvasTextAlign;
}

const fonts = new WeakMap<CanvasRenderingContext2D, string>();

/** Setting a font parses it, even the one already set; a chart writes dozens of labels per frame. */
function setFont(ctx: CanvasRenderingContext2D, theme: Theme, strong = false, size = 11): void {
  const font = `${strong ? 600 : 400} ${size}px ${theme.sans}`;
  if (fonts.get(ctx) === font) return;
  fonts.set(ctx, font);
  ctx.font = font;
}

/** A resized canvas has forgotten its font. */
export function forgetFont(ctx: CanvasRenderingContext2D): void {
  fonts.delete(ctx);
}

/** Text by its baseline. */
export function drawText(
  ctx: CanvasRenderingContext2D,
  theme: Theme,
  text: string,
  x: number,
  y: number,
  style: TextStyle,
): void {
  setFont(ctx, theme, style.strong, style.size);
  ctx.textAlign = style.align ?? 'left';
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = style.color;
  ctx.fillText(text, x, y);
}

export function textWidth(
  ctx: CanvasRenderingContext2D,
  theme: Theme,
  text: string,
  strong = false,
  size = 11,
): number {
  setFont(ctx, theme, strong, size);
  return ctx.measureText(text).width;
}

/** Cuts at the end with an ellipsis so that the text fits `room` pixels. */
export function fitText(
  ctx: CanvasRenderingContext2D,
  theme: Theme,
  text: string,
  room: number,
  strong = false,
): string {
  if (textWidth(ctx, theme, text, strong) <= room) return text;
  let cut = [...text];
  while (cut.length > 1 && ctx.measureText(`${cut.join('')}…`).width > room) cut = cut.slice(0, -1);
  return `${cut.join('')}…`;
}

/** A plate: text on an ink ground that stands over an axis. Returns its left and right edge, kept inside [lo, hi]. */
export function drawPlate(
  ctx: CanvasRenderingContext2D,
  theme: Theme,
  text: string,
  x: number,
  top: number,
  lo: number,
  hi: number,
): [number, number] {
  const width = Math.max(30, textWidth(ctx, theme, text, true) + 12);
  const left = Math.min(hi - width, Math.max(lo, x - width / 2));
  ctx.fillStyle = theme.ink;
  ctx.beginPath();
  ctx.roundRect(left, top, width, 15, 2);
  ctx.fill();
  drawText(ctx, theme, text, left + width / 2, top + 11, { color: theme.inkInv, strong: true, align: 'center' });
  return [left, left + width];
}
