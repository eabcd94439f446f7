import type { HeadMeasure } from '../../gpu/run-types';
import { HEAD_MEASURES } from '../../gpu/run-types';

/**
 * How measures that fill most of a recording are rounded. `log`: 0 below `floor`, else one of `levels` values in equal ratios up
 * to `top`. `even`: the nearest multiple of `step`, both signs. Scales belong to the version of the format.
 */
export type Scale = { kind: 'log'; floor: number; top: number; levels: number } | { kind: 'even'; step: number };

/** Within 0.5 %; a chart's blank begins at 1e-4. */
export const ROW_SCALE: Scale = { kind: 'log', floor: 5e-5, top: 1, levels: 1022 };

const share: Scale = { kind: 'even', step: 0.001 };

/** Within half of the last digit that a chart shows. */
export const HEAD_SCALES: Record<HeadMeasure, Scale> = {
  tv: { kind: 'log', floor: 5e-4, top: 1, levels: 1022 },
  js: { kind: 'log', floor: 5e-5, top: 1, levels: 1022 },
  entropyChange: { kind: 'even', step: 0.01 },
  flip: { kind: 'even', step: 1 },
  sink: share,
  sinkChange: share,
  far: share,
  farChange: share,
};

export const headScales: readonly Scale[] = HEAD_MEASURES.map((id) => HEAD_SCALES[id]);

/** 0..65535. */
export function codeOf(value: number, scale: Scale): number {
  if (scale.kind === 'even') {
    const whole = Math.max(-32767, Math.min(32767, Math.round(value / scale.step)));
    return whole < 0 ? -2 * whole - 1 : 2 * whole;
  }
  const { floor, top, levels } = scale;
  if (!(value >= floor)) return 0;
  return 1 + Math.round(((levels - 1) * Math.log(Math.min(value, top) / floor)) / Math.log(top / floor));
}

export function valueAt(code: number, scale: Scale): number {
  if (scale.kind === 'even') return (code & 1 ? -(code + 1) / 2 : code / 2) * scale.step;
  const { floor, top, levels } = scale;
  return code === 0 ? 0 : floor * (top / floor) ** (Math.min(code - 1, levels - 1) / (levels - 1));
}

/** Every value a scale can give, by code: reading a recording looks millions of them up. */
export function tableOf(scale: Scale): Float32Array {
  const codes = scale.kind === 'log' ? scale.levels + 1 : 65536;
  return Float32Array.from({ length: codes }, (_, code) => valueAt(code, scale));
}
