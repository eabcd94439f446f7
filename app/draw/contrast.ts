import type { Theme } from './theme';

const luminances = new Map<string, number>();

/** WCAG relative luminance of `#rrggbb`; other notations count as mid grey. */
export function luminance(color: string): number {
  const known = luminances.get(color);
  if (known !== undefined) return known;
  const hex = /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  const channel = (i: number) => {
    const c = Number.parseInt(hex?.slice(i, i + 2) ?? '80', 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const value = 0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4);
  luminances.set(color, value);
  return value;
}

/** Ink or paper, whichever reads better on `ground`. */
export function inkOn(ground: string, theme: Theme): string {
  const base = luminance(ground || theme.bg);
  const ratio = (color: string) => {
    const other = luminance(color);
    return (Math.max(base, other) + 0.05) / (Math.min(base, other) + 0.05);
  };
  return ratio(theme.ink) >= ratio(theme.bg) ? theme.ink : theme.bg;
}
