import type { Surface } from '../draw/canvas';
import { drawCursor } from '../draw/cursor';
import { decadeText } from '../draw/figures';
import type { PlacedFlag } from '../draw/flags';
import { drawFlags } from '../draw/flags';
import { paintGrown } from '../draw/grown';
import { drawLine } from '../draw/line';
import { decades, stepTicks } from '../draw/scale';
import { drawPlate, drawText } from '../draw/text';
import { fillBetween, markZeros } from './klMarks';
import type { KlGeometry, KlView } from './klView';
import { klDomain, klGeometry } from './klView';

const plateReach = 30;

/** Paints the whole plot and returns the flags as placed, so that a folded one can be read on hover. */
export function paintKl(surface: Surface, view: KlView): PlacedFlag[] {
  const g = klGeometry(surface.width, surface.height, view.steps);
  const drawn = view.empty === null && view.computed > 0;
  paintAxes(surface, g, view, drawn);
  if (!drawn) {
    const { ctx, theme } = surface;
    const middle = (g.top + g.bottom) / 2 + 4;
    drawText(ctx, theme, view.empty ?? '', (g.left + g.right) / 2, middle, { color: theme.ink2, align: 'center' });
    return [];
  }
  const flags = drawFlags(
    surface,
    view.flags.map((flag) => ({ x: g.x.at(flag.step), text: flag.text })),
    g.top,
    g.bottom,
    g.left,
    g.right,
  );
  paintFuture(surface, g, view);
  paintLines(surface, g, view);
  paintCursor(surface, g, view);
  return flags;
}

function paintAxes({ ctx, theme, width }: Surface, g: KlGeometry, view: KlView, drawn: boolean): void {
  ctx.fillStyle = theme.line;
  for (const value of decades(klDomain)) {
    const y = Math.round(g.y.at(value));
    ctx.fillRect(g.left, y, g.right - g.left, 1);
    drawText(ctx, theme, decadeText(value), g.left - 6, y + 4, { color: theme.ink3, align: 'right' });
    ctx.fillStyle = theme.line;
  }
  for (const step of stepTicks(view.steps, g.right - g.left)) {
    const x = g.x.at(step);
    ctx.fillStyle = theme.lineStrong;
    ctx.fillRect(Math.round(x), g.bottom, 1, 4);
    if (drawn && Math.abs(x - g.x.at(view.cursor)) < plateReach) continue;
    const half = ctx.measureText(String(step)).width / 2;
    const inside = Math.min(width - half, x);
    drawText(ctx, theme, String(step), inside, g.bottom + 16, { color: theme.ink3, align: 'center' });
  }
}

function paintFuture({ ctx, theme }: Surface, g: KlGeometry, view: KlView): void {
  const from = g.x.at(view.computed - 1) + 1;
  if (view.computed > view.steps || g.right - from < 1) return;
  ctx.globalAlpha = 0.55;
  ctx.fillStyle = theme.sunk;
  ctx.fillRect(from, g.top - 4, g.right - from, g.bottom - g.top + 4);
  ctx.globalAlpha = 1;
  if (g.right - from < 110) return;
  const middle = (g.top + g.bottom) / 2 + 4;
  drawText(ctx, theme, view.future, (from + g.right) / 2, middle, { color: theme.ink3, align: 'center' });
}

function paintLines(surface: Surface, g: KlGeometry, view: KlView): void {
  const { epoch, steps, lines, computed } = view;
  const strong = lines.filter((line) => line.strong);
  const width = surface.theme.stroke + (strong.length > 1 ? 0 : 0.25);
  const looks = lines.map((line) => [line.lane, line.color, line.strong]);
  paintGrown(surface, [epoch, steps, view.between, looks].join(), computed, (onto, from, to) => {
    if (view.between && strong.length === 2) fillBetween(onto, g, strong, from, to);
    for (const line of lines) {
      const style = { color: line.color, width: line.strong ? width : 1 };
      drawLine(onto.ctx, line.kl, from, to, g.x, g.y, style);
    }
  });
  for (const line of strong) markZeros(surface, g, line, computed);
}

function paintCursor(surface: Surface, g: KlGeometry, view: KlView): void {
  const { ctx, theme } = surface;
  const x = g.x.at(view.cursor);
  const dots = view.lines
    .filter((line) => line.strong && view.cursor < view.computed && !Number.isNaN(line.kl[view.cursor]))
    .map((line) => ({ y: g.y.at(line.kl[view.cursor]), color: line.color }));
  drawCursor(surface, x, g.top - 4, g.bottom, dots);
  drawPlate(ctx, theme, String(view.cursor), x, g.bottom + 4, 0, surface.width);
}
