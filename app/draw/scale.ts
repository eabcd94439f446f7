/** A scale maps a value to a pixel and back. Domains are fixed by the caller; values outside are clamped. */
export interface Scale {
  at(value: number): number;
  invert(pixel: number): number;
}

const clamp = (v: number, lo: number, hi: number) => Math.min(hi, Math.max(lo, v));

export function linear(domain: [number, number], range: [number, number]): Scale {
  const [d0, d1] = domain;
  const [r0, r1] = range;
  const span = d1 - d0 || 1;
  return {
    at: (value) => r0 + ((r1 - r0) * (clamp(value, Math.min(d0, d1), Math.max(d0, d1)) - d0)) / span,
    invert: (pixel) => d0 + (span * (clamp(pixel, Math.min(r0, r1), Math.max(r0, r1)) - r0)) / (r1 - r0 || 1),
  };
}

/** Powers of ten. Zero and everything below the floor sit on the floor. */
export function log10(domain: [number, number], range: [number, number]): Scale {
  const inner = linear([Math.log10(domain[0]), Math.log10(domain[1])], range);
  return {
    at: (value) => inner.at(value <= domain[0] ? Math.log10(domain[0]) : Math.log10(value)),
    invert: (pixel) => 10 ** inner.invert(pixel),
  };
}

/** Decades of a log domain, both ends included. */
export function decades(domain: [number, number]): number[] {
  const first = Math.round(Math.log10(domain[0]));
  const last = Math.round(Math.log10(domain[1]));
  return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
}

/** Spacing of step ticks: 32 where labels fit, else the next doubling (halving below 64 steps), so that ticks stay on round steps. */
export function stepSpacing(steps: number, pixels: number, labelPixels = 56): number {
  let spacing = 32;
  while (spacing > 4 && steps < spacing * 2) spacing /= 2;
  while ((pixels * spacing) / Math.max(1, steps) < labelPixels && spacing < steps) spacing *= 2;
  return spacing;
}

export function stepTicks(steps: number, pixels: number, labelPixels = 56): number[] {
  const spacing = stepSpacing(steps, pixels, labelPixels);
  const ticks: number[] = [];
  for (let step = 0; step <= steps; step += spacing) ticks.push(step);
  return ticks;
}
