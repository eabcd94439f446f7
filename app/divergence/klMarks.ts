import type { Surface } from '../draw/canvas';
import { drawText } from '../draw/text';
import type { KlGeometry, KlLine } from './klView';

/** Exact zeros lie on the floor line, where 10⁻⁴ is written: a run of them long enough to read says "0". */
export function markZeros({ ctx, theme }: Surface, g: KlGeometry, line: KlLine, computed: number): void {
  let start = -1;
  for (let step = 0; step <= computed; step++) {
    const zero = step < computed && line.kl[step] === 0;
    if (zero && start < 0) start = step;
    if (zero || start < 0) continue;
    const left = g.x.at(start);
    const right = g.x.at(step - 1);
    if (right - left >= 10) {
      drawText(ctx, theme, '0', Math.max(g.left + 6, (left + right) / 2), g.bottom - 4, {
        color: line.color,
        strong: true,
        align: 'center',
      });
    }
    start = -1;
  }
}

/** The area between two arms, tinted in the soft tone of the worse one, one column of pixels at a time, over steps [from, to). */
export function fillBetween({ ctx }: Surface, g: KlGeometry, [p, q]: KlLine[], from: number, to: number): void {
  if (to - from < 2) return;
  const left = Math.round(g.x.at(from));
  const columns = Math.round(g.x.at(to - 1)) - left;
  ctx.globalAlpha = 0.75;
  for (let column = 0; column < columns; column++) {
    const step = g.x.invert(left + column + 0.5);
    const a = between(p.kl, step);
    const b = between(q.kl, step);
    if (a === b || Number.isNaN(a + b)) continue;
    ctx.fillStyle = a > b ? p.soft : q.soft;
    const top = g.y.at(Math.max(a, b));
    ctx.fillRect(left + column, top, 1, g.y.at(Math.min(a, b)) - top);
  }
  ctx.globalAlpha = 1;
}

/** The larger of the two steps beside a column, as the line itself is pooled. */
function between(kl: ArrayLike<number>, step: number): number {
  return Math.max(kl[Math.floor(step)], kl[Math.ceil(step)]);
}
