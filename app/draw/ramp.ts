/**
 * Fixed colour domains. A value below the floor has step 0: the cell stays blank, it is not pale.
 * Nothing here scales itself to the data, so pictures of two steps, arms or links can be compared.
 */
export interface Magnitude {
  floor: number;
  top: number;
  kind: 'log' | 'linear';
}

export const attentionDomain: Magnitude = { floor: 1e-4, top: 1, kind: 'log' };
export const variationDomain: Magnitude = { floor: 1e-3, top: 1, kind: 'log' };

/** 0 = blank, 1..8 = s1..s8. */
export function magnitudeStep(value: number, domain: Magnitude): number {
  if (!(value >= domain.floor) || value === 0) return 0;
  const { floor, top } = domain;
  const t =
    domain.kind === 'log' ? Math.log10(value / floor) / Math.log10(top / floor) : (value - floor) / (top - floor);
  return Math.min(8, 1 + Math.floor(t * 8 + 1e-9));
}

export const differenceLimit = 0.25;

/** 1..9 = d1..d9, 5 = no difference worth a tint. Steps are even in the square root, so small differences still show. */
export function divergingStep(value: number, limit = differenceLimit): number {
  if (!Number.isFinite(value) || value === 0) return 5;
  const t = Math.sqrt(Math.abs(value) / limit) * 4.2;
  return 5 + Math.sign(value) * Math.max(0, Math.ceil(Math.min(4, t) - 0.35));
}

/** Clipped differences carry a tick beside the colour. */
export function isClipped(value: number, limit = differenceLimit): boolean {
  return Math.abs(value) > limit;
}
