import { poolToPixels } from './pool';
import type { Scale } from './scale';

export interface LineStyle {
  color: string;
  width: number;
  dash?: number[];
}

let pooled = new Float32Array(0);

/**
 * A line through values[from, to), one vertex per pixel column at most (the column's largest value).
 * NaN breaks the line. A sample that stands alone is drawn as a dot of the line's width.
 */
export function drawLine(
  ctx: CanvasRenderingContext2D,
  values: ArrayLike<number>,
  from: number,
  to: number,
  x: Scale,
  y: Scale,
  style: LineStyle,
): void {
  if (to <= from) return;
  const x0 = x.at(from);
  const columns = Math.max(1, Math.round(x.at(to - 1) - x0) + 1);
  ctx.beginPath();
  if (to - from <= columns) {
    trace(
      ctx,
      to - from,
      (i) => x.at(from + i),
      (i) => values[from + i],
      y,
      style.width,
    );
  } else {
    if (pooled.length < columns) pooled = new Float32Array(columns);
    const cells = pooled.subarray(0, columns);
    poolToPixels(values, from, to, (i) => x.at(i) - x0, cells);
    trace(
      ctx,
      columns,
      (p) => x0 + p,
      (p) => cells[p],
      y,
      style.width,
    );
  }
  ctx.strokeStyle = style.color;
  ctx.lineWidth = style.width;
  ctx.lineJoin = 'bevel';
  ctx.setLineDash(style.dash ?? []);
  ctx.stroke();
  ctx.setLineDash([]);
}

function trace(
  ctx: CanvasRenderingContext2D,
  count: number,
  px: (i: number) => number,
  value: (i: number) => number,
  y: Scale,
  width: number,
): void {
  let open = false;
  for (let i = 0; i < count; i++) {
    const v = value(i);
    if (Number.isNaN(v)) {
      open = false;
      continue;
    }
    const py = y.at(v);
    if (open) ctx.lineTo(px(i), py);
    else if (i + 1 === count || Number.isNaN(value(i + 1))) {
      ctx.moveTo(px(i) - width / 2, py);
      ctx.lineTo(px(i) + width / 2, py);
    } else ctx.moveTo(px(i), py);
    open = true;
  }
}
