import type { Surface } from '../draw/canvas';
import { snap } from '../draw/cells';
import { fillHatch } from '../draw/hatch';
import { drawText } from '../draw/text';
import type { StripLayout } from './stripLayout';
import { lineTop } from './stripLayout';
import type { TokenState } from './tokenStates';

export interface StripView {
  states: readonly TokenState[];
  /** Colour of the lane's codes. */
  color: string;
  /** Bits of coded rows, and of those with the fewer. */
  bits: { coded: number; low: number };
  cursor: number;
}

const FULL = 16;
const LOWEST = 3;

/** A cell is as full as its row is long: exact rows fill it, coded ones in proportion; evicted tokens are hatched. */
export function paintTokens(surface: Surface, layout: StripLayout, view: StripView): void {
  const { ctx, theme } = surface;
  for (let line = 0; line < layout.lines; line++) {
    const from = line * layout.perLine;
    const to = Math.min(layout.tokens, from + layout.perLine);
    const y = lineTop(layout, line) + Math.min(layout.lineHeight, 16) - 4;
    drawText(ctx, theme, String(from), layout.left - 5, y, { color: theme.ink3, align: 'right' });
    for (let token = from; token < to; ) {
      let end = token + 1;
      if (view.states[token] === 'evicted') while (end < to && view.states[end] === 'evicted') end++;
      paintRun(surface, layout, view, token, end);
      token = end;
    }
  }
  if (view.cursor >= 0 && view.cursor < layout.tokens) paintCursor(surface, layout, view.cursor);
}

/** Tokens of one line that look alike without a seam, or a single one. */
function paintRun(surface: Surface, layout: StripLayout, view: StripView, from: number, to: number): void {
  const { ctx, theme, dpr } = surface;
  const { left, right, top } = boxOf(layout, from, to, dpr);
  const height = layout.lineHeight;
  const state = view.states[from];
  if (state === 'evicted') {
    fillHatch(surface, left, top, right - left, height);
    return;
  }
  const width = Math.max(1 / dpr, right - left - (layout.cell > 3 ? 1 : 0));
  const isExact = state === 'exact' || state === 'pinned';
  const bits = isExact ? FULL : view.bits[state];
  const filled = Math.min(height, Math.max(LOWEST, (height * bits) / FULL));
  ctx.fillStyle = theme.sunk;
  ctx.fillRect(left, top, width, height);
  ctx.fillStyle = isExact ? theme.fp16 : view.color;
  ctx.fillRect(left, top + height - filled, width, filled);
  if (state !== 'pinned') return;
  ctx.fillStyle = theme.ink;
  ctx.fillRect(left, top, width, 4);
}

function paintCursor({ ctx, theme, dpr }: Surface, layout: StripLayout, token: number): void {
  const { left, right, top } = boxOf(layout, token, token + 1, dpr);
  ctx.strokeStyle = theme.bg;
  ctx.lineWidth = 3;
  ctx.strokeRect(left - 1, top - 0.5, right - left + 1, layout.lineHeight + 1);
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1.5;
  ctx.strokeRect(left - 1, top - 0.5, right - left + 1, layout.lineHeight + 1);
}

function boxOf(layout: StripLayout, from: number, to: number, dpr: number) {
  const line = Math.floor(from / layout.perLine);
  const first = line * layout.perLine;
  return {
    left: snap(layout.left + (from - first) * layout.cell, dpr),
    right: snap(layout.left + (to - first) * layout.cell, dpr),
    top: snap(lineTop(layout, line), dpr),
  };
}
