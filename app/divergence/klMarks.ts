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

/** The area between two arms, tinted in the soft tone of the worse one, step by step. */
export function fillBetween({ ctx }: Surface, g: KlGeometry, p: KlLine, q: KlLine, computed: number): void {
  ctx.globalAlpha = 0.75;
  for (const [worse, better] of [
    [p, q],
    [q, p],
  ]) {
    ctx.beginPath();
    for (let step = 1; step < computed; step++) {
      if (!(worse.kl[step] > better.kl[step])) continue;
      ctx.moveTo(g.x.at(step - 1), g.y.at(worse.kl[step - 1]));
      ctx.lineTo(g.x.at(step), g.y.at(worse.kl[step]));
      ctx.lineTo(g.x.at(step), g.y.at(better.kl[step]));
      ctx.lineTo(g.x.at(step - 1), g.y.at(better.kl[step - 1]));
      ctx.closePath();
    }
    ctx.fillStyle = worse.soft;
    ctx.fill();
  }
  ctx.globalAlpha = 1;
}
