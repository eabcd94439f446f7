import type { Surface } from './canvas';
import { drawText, textWidth } from './text';

export interface Flag {
  x: number;
  text: string;
}

export interface PlacedFlag extends Flag {
  /** Side of its line the label stands on; null = triangle only, the text is read on hover. */
  side: 'left' | 'right' | null;
}

const reach = 8;

/**
 * Labels stand to the right of their line. Where two would collide the older one goes to the left of its own line;
 * a label that still finds no room, and every label beyond four flags, folds to its triangle.
 */
export function placeFlags(flags: Flag[], widthOf: (text: string) => number, lo: number, hi: number): PlacedFlag[] {
  const placed: PlacedFlag[] = [...flags].sort((p, q) => p.x - q.x).map((flag) => ({ ...flag, side: null }));
  if (placed.length > 4) return placed;
  const taken: [number, number][] = [];
  const span = (flag: PlacedFlag, side: 'left' | 'right'): [number, number] => {
    const width = widthOf(flag.text);
    return side === 'right' ? [flag.x + reach, flag.x + reach + width] : [flag.x - reach - width, flag.x - reach];
  };
  const free = ([a, b]: [number, number], own: PlacedFlag) =>
    a >= lo &&
    b <= hi &&
    taken.every(([c, d]) => b + 4 <= c || a >= d + 4) &&
    placed.every((f) => f === own || b + 6 <= f.x || a >= f.x + 6);
  // Newest first: it keeps the right side, the older ones give way.
  for (const flag of [...placed].reverse()) {
    for (const side of ['right', 'left'] as const) {
      const room = span(flag, side);
      if (!free(room, flag)) continue;
      flag.side = side;
      taken.push(room);
      break;
    }
  }
  return placed;
}

/** Dotted vertical, filled triangle, label above the plot (`top` .. `bottom`). */
export function drawFlags(
  surface: Surface,
  flags: Flag[],
  top: number,
  bottom: number,
  lo: number,
  hi: number,
): PlacedFlag[] {
  const { ctx, theme } = surface;
  const placed = placeFlags(flags, (text) => textWidth(ctx, theme, text), lo, hi);
  for (const flag of placed) {
    ctx.strokeStyle = theme.ink3;
    ctx.lineWidth = 1;
    ctx.setLineDash([2, 3]);
    ctx.beginPath();
    ctx.moveTo(flag.x, top - 4);
    ctx.lineTo(flag.x, bottom);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = theme.ink;
    ctx.beginPath();
    ctx.moveTo(flag.x - 4, top - 10);
    ctx.lineTo(flag.x + 4, top - 10);
    ctx.lineTo(flag.x, top - 4);
    ctx.fill();
    if (flag.side) {
      const right = flag.side === 'right';
      drawText(ctx, theme, flag.text, flag.x + (right ? reach : -reach), top - 5, {
        color: theme.ink2,
        align: right ? 'left' : 'right',
      });
    }
  }
  return placed;
}
