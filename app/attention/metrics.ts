import type { HeadMeasure } from '../../gpu/run-types';
import { HEAD_MEASURES } from '../../gpu/run-types';
import type { Magnitude } from '../draw/ramp';
import { divergingStep, magnitudeStep, variationDomain } from '../draw/ramp';
import type { Theme } from '../draw/theme';

/** What a head-map cell can show: one number per head, from the measures each frame carries. */
export interface Metric {
  id: (typeof metricIds)[number];
  scale: { kind: 'magnitude'; domain: Magnitude } | { kind: 'signed'; limit: number };
  decimals: number;
}

export const metricIds = [
  'tv',
  'js',
  'flip',
  'farChange',
  'entropyChange',
  'sinkChange',
] as const satisfies HeadMeasure[];

export const metrics: Metric[] = [
  { id: 'tv', scale: { kind: 'magnitude', domain: variationDomain }, decimals: 3 },
  {
    id: 'js',
    scale: { kind: 'magnitude', domain: { floor: 1e-4, top: 1, kind: 'log' } },
    decimals: 4,
  },
  {
    id: 'flip',
    scale: { kind: 'magnitude', domain: { floor: 0, top: 1, kind: 'linear' } },
    decimals: 2,
  },
  { id: 'farChange', scale: { kind: 'signed', limit: 0.25 }, decimals: 3 },
  { id: 'entropyChange', scale: { kind: 'signed', limit: 1 }, decimals: 2 },
  { id: 'sinkChange', scale: { kind: 'signed', limit: 0.25 }, decimals: 3 },
];

export const metricById = (id: HeadMeasure): Metric => metrics.find((metric) => metric.id === id) ?? metrics[0];

/** Empty = blank: the value lies below the floor of the metric's domain. */
export function cellColor(metric: Metric, value: number, theme: Theme): string {
  if (metric.scale.kind === 'signed') return theme.diverging[divergingStep(value, metric.scale.limit) - 1];
  const step = magnitudeStep(value, metric.scale.domain);
  return step === 0 ? '' : theme.ramp[step - 1];
}

/** Where a layer mean lies in the metric's fixed domain, 0..1: the bar's length. Log metrics have log bars. */
export function barShare(metric: Metric, mean: number): number {
  if (metric.scale.kind === 'signed') return Math.min(1, Math.sqrt(Math.abs(mean) / metric.scale.limit));
  const { floor, top, kind } = metric.scale.domain;
  const share = kind === 'log' ? Math.log10(Math.max(mean, floor) / floor) / Math.log10(top / floor) : mean / top;
  return Math.min(1, Math.max(0, share));
}

/** Steps over which the top-key flip rate is taken. */
export const flipWindow = 16;

/**
 * One value per head: `out[layer * perLayer + head]`. `heads(step)` is that step's [L][lanes - 1][H][measure] block, null
 * when it was not kept. The flip rate looks back over the last 16 steps (fewer at the start), the rest at one step.
 */
export function metricValues(
  metric: Metric,
  heads: (step: number) => ArrayLike<number> | null,
  step: number,
  lane: number,
  perLayer: number,
  out: Float32Array,
): boolean {
  const stride = HEAD_MEASURES.length;
  const at = HEAD_MEASURES.indexOf(metric.id);
  const first = metric.id === 'flip' ? Math.max(0, step - flipWindow + 1) : step;
  out.fill(0);
  let steps = 0;
  for (let s = first; s <= step; s++) {
    const block = heads(s);
    const lanes = (block?.length ?? 0) / (out.length * stride);
    if (!block || lane > lanes) continue;
    steps++;
    for (let i = 0; i < out.length; i++) {
      const layer = Math.floor(i / perLayer);
      out[i] += block[(i + (layer * (lanes - 1) + lane - 1) * perLayer) * stride + at];
    }
  }
  if (steps > 1) for (let i = 0; i < out.length; i++) out[i] /= steps;
  return steps > 0;
}
