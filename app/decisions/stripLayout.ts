/** Tokens as cells in up to three lines, in reading order. */
export interface StripLayout {
  left: number;
  tokens: number;
  perLine: number;
  lines: number;
  cell: number;
  lineHeight: number;
}

const NUMBERS = 30;
const NARROWEST = 4;
const WIDEST = 12;
const MOST_LINES = 3;
const TALLEST = 44;
export const LINE_GAP = 5;

export function stripLayout(width: number, height: number, tokens: number): StripLayout {
  const room = Math.max(1, width - NUMBERS);
  const lines = Math.max(1, Math.min(MOST_LINES, Math.ceil((tokens * NARROWEST) / room)));
  const perLine = Math.max(1, Math.ceil(tokens / lines));
  return {
    left: NUMBERS,
    tokens,
    perLine,
    lines,
    cell: Math.min(WIDEST, room / perLine),
    lineHeight: Math.min(TALLEST, (height - (lines - 1) * LINE_GAP) / lines),
  };
}

export const lineTop = ({ lineHeight }: StripLayout, line: number): number => line * (lineHeight + LINE_GAP);

/** The token under a point, -1 where there is none. */
export function tokenAt(layout: StripLayout, x: number, y: number): number {
  const line = Math.floor(y / (layout.lineHeight + LINE_GAP));
  const column = Math.floor((x - layout.left) / layout.cell);
  if (x < layout.left || column >= layout.perLine || line < 0 || line >= layout.lines) return -1;
  const token = line * layout.perLine + column;
  return token < layout.tokens ? token : -1;
}

/** Along the text by columns, by lines up and down; stays inside. */
export function moveToken({ perLine, tokens }: StripLayout, from: number, dx: number, dy: number): number {
  return Math.max(0, Math.min(tokens - 1, from + dx + dy * perLine));
}
