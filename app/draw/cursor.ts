import type { Surface } from './canvas';

/** The shared step cursor: an ink line over the plot, one dot per lane that has a value there. */
export function drawCursor(
  { ctx, theme }: Surface,
  x: number,
  top: number,
  bottom: number,
  dots: { y: number; color: string }[],
): void {
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1.25;
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, bottom);
  ctx.stroke();
  for (const dot of dots) {
    ctx.beginPath();
    ctx.arc(x, dot.y, 4, 0, Math.PI * 2);
    ctx.fillStyle = dot.color;
    ctx.fill();
    ctx.strokeStyle = theme.bg;
    ctx.lineWidth = 1.5;
    ctx.stroke();
  }
}
