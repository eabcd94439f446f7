import type { Scale } from '../draw/scale';
import { linear, log10 } from '../draw/scale';

/** One lane's line: kl[step], NaN where KL is undefined. */
export interface KlLine {
  lane: number;
  kl: ArrayLike<number>;
  color: string;
  /** Tint of the area between two arms where this one is the worse. */
  soft: string;
  strong: boolean;
}

export interface KlView {
  /** Steps of the same epoch keep their values. */
  epoch: number;
  /** Planned steps: the right end of the x axis. */
  steps: number;
  /** Steps computed (or played) so far: values exist for 0 .. computed - 1. */
  computed: number;
  cursor: number;
  /** Thin lines first, the selected lane last. */
  lines: KlLine[];
  /** Draw the area between the two strong lines (A/B). */
  between: boolean;
  flags: { step: number; text: string }[];
  /** What the future says: not computed yet, or not played yet. */
  future: string;
  /** The sentence in an empty plot; nothing else is drawn over the axes. */
  empty: string | null;
}

/** Fixed: nats from 1e-4 to 10 in every run, arm and link. */
export const klDomain: [number, number] = [1e-4, 10];

export interface KlGeometry {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: Scale;
  y: Scale;
}

export function klGeometry(width: number, height: number, steps: number): KlGeometry {
  const left = 38;
  const right = width - 8;
  const top = 20;
  const bottom = height - 20;
  return {
    left,
    right,
    top,
    bottom,
    x: linear([0, Math.max(1, steps)], [left, right]),
    y: log10(klDomain, [bottom, top]),
  };
}
