import type { Surface } from '../draw/canvas';
import { klText } from '../draw/figures';
import type { PlacedFlag } from '../draw/flags';
import { drawText, textWidth } from '../draw/text';
import type { KlView } from './klView';
import { klGeometry } from './klView';

/** The hovered step: a thin line with its number and value, or the text of a folded flag that lies under it. */
export function paintHover(surface: Surface, view: KlView, flags: PlacedFlag[], step: number): void {
  const { ctx, theme, width, height } = surface;
  const g = klGeometry(width, height, view.steps);
  const x = g.x.at(step);
  ctx.fillStyle = theme.ink3;
  ctx.fillRect(Math.round(x), g.top - 4, 1, g.bottom - g.top + 4);
  const values = view.lines
    .filter((line) => line.strong)
    .sort((p, q) => p.lane - q.lane)
    .map((line) => klText(line.kl[step]));
  const folded = flags.find((flag) => flag.side === null && Math.abs(flag.x - x) < 5);
  const text = folded ? folded.text : `${step}: ${values.join(' / ')}`;
  const room = textWidth(ctx, theme, text, true) + 8;
  const left = x + 4 + room > g.right ? x - 4 - room : x + 4;
  ctx.fillStyle = theme.bg;
  ctx.fillRect(left, g.top - 2, room, 15);
  drawText(ctx, theme, text, left + 4, g.top + 9, { color: theme.ink, strong: true });
}
