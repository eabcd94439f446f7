import { fixed, signed } from '../draw/figures';
import { comparesArms, laneShort, laneTone, toneColor } from '../draw/lanes';
import { attentionDomain, divergingStep, magnitudeStep } from '../draw/ramp';
import type { Theme } from '../draw/theme';
import type { State } from '../store';
import { charts } from '../text/charts';

/** One strip of the row view: a weight per key, or the difference of a lane to FP16. */
export interface Strip {
  label: string;
  color: string;
  kind: 'weight' | 'difference';
  /** Lane of the strip, 0 = FP16. */
  lane: number;
}

export type StripChoice = 'fp16' | 'lane' | 'difference';

/** FP16, the lane on show (or both arms), then the differences. `only` = one strip at a time (phone). */
export function rowStrips(state: State, theme: Theme, only: StripChoice | null): Strip[] {
  const lanes = comparesArms(state) && only === null ? [1, 2] : [state.lane];
  const name = (lane: number) => laneShort(state, lane);
  const fp16: Strip = { label: charts.fp16, color: theme.fp16, kind: 'weight', lane: 0 };
  const weights = lanes.map((lane): Strip => {
    return { label: name(lane), color: toneColor(theme, laneTone(state, lane)), kind: 'weight', lane };
  });
  const differences = lanes.map((lane): Strip => {
    return { label: lanes.length > 1 ? `Δ ${name(lane)}` : 'Δ', color: theme.ink2, kind: 'difference', lane };
  });
  if (only === 'fp16') return [fp16];
  if (only === 'lane') return weights;
  if (only === 'difference') return differences;
  return [fp16, ...weights, ...differences];
}

export function stripValue(strip: Strip, lanes: Float32Array[]): (key: number) => number {
  const own = lanes[strip.lane];
  const fp16 = lanes[0];
  return strip.kind === 'weight' ? (key) => own[key] : (key) => own[key] - fp16[key];
}

/** Empty = blank (below the floor of the attention domain). */
export function stripColor(strip: Strip, value: number, theme: Theme): string {
  if (strip.kind === 'difference') return theme.diverging[divergingStep(value) - 1];
  const step = magnitudeStep(value, attentionDomain);
  return step === 0 ? '' : theme.ramp[step - 1];
}

export const stripText = (strip: Strip, value: number): string =>
  strip.kind === 'weight' ? fixed(value) : signed(value, 2);
