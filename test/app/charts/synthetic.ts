import { defaultConfig, shadowConfig } from '../../../gpu/kv/config';
import type { EffectiveBits, LaneBytes, LaneStep, TopToken } from '../../../gpu/run-types';
import type { RunInfo, WireFrame } from '../../../workers/protocol';
import { gauss, random } from './random';
import { attentionRow, headMeasures } from './synthetic-attention';
import { candidates, otherAt, wordAt } from './words';

export interface Shape {
  layers: number;
  heads: number;
  kvHeads: number;
  prompt: number;
  steps: number;
  /** Shadow included. */
  lanes: number;
}

export const smol: Shape = { layers: 30, heads: 9, kvHeads: 3, prompt: 212, steps: 256, lanes: 2 };

const bytes: LaneBytes = {
  ...{ codes: 2_000_000, meta: 500_000, exact: 161_120, tables: 0, total: 2_661_120, reserved: 3_000_000 },
  ...{ instrumentation: 0, fp16: 8_156_160, k: 1_600_000, v: 1_061_120 },
};
const effectiveBits: EffectiveBits = { k: 6.1, v: 4.3, mean: 5.22, packedMean: 5.22 };

export function runInfo(shape: Shape, run = 1): RunInfo {
  const configs = [shadowConfig(), ...Array.from({ length: shape.lanes - 1 }, () => defaultConfig(8, 8))];
  return {
    ...{ run, promptTokens: shape.prompt, cap: shape.prompt + shape.steps, gpuBytes: 171e6, prefillMs: 400 },
    configs,
    bytes: configs.map(() => bytes),
    decode: { temperature: 0, topK: 0, topP: 1, minP: 0, seed: 7 },
  };
}

const shadowP = [0.214, 0.148, 0.121, 0.083, 0.052, 0.041, 0.033, 0.028, 0.019, 0.014];
const laneP = [0.171, 0.163, 0.094, 0.102, 0.038, 0.049, 0.031, 0.007, 0.022, 0.019];
const firstCandidate = 5000;

function tops(lane: number): TopToken[] {
  const [own, other] = lane === 0 ? [shadowP, laneP] : [laneP, shadowP];
  return own
    .map((p, i) => ({ id: firstCandidate + i, logp: Math.log(p), other: Math.log(other[i]) }))
    .sort((p, q) => q.logp - p.logp);
}

/** KL levels before and after two slider moves, the pattern of the design pictures. Exact zeros in the first steps. */
export function klAt(step: number, lane: number): number {
  if (step < 6) return 0;
  if (step === 142) return lane === 1 ? 0.042 : 0.287;
  const next = random(7 + step * 131 + (step < 64 ? 0 : lane * 17));
  const level = step < 40 ? 6e-4 : step < 64 ? 0.009 : lane === 1 ? 0.033 : 0.21;
  return level * Math.exp(0.75 * gauss(next) + (next() < 0.05 ? 1.5 : 0)) * (1 + step / 700);
}

export function frameAt(
  shape: Shape,
  step: number,
  options: { free?: boolean; row?: boolean; run?: number } = {},
): WireFrame {
  const word = wordAt(step);
  const differs = step >= 71 && step % 11 === 5 && word.startsWith(' ');
  const apart = options.free === true && step > 71;
  const lanes = Array.from({ length: shape.lanes }, (_, lane): LaneStep => {
    const kl = lane === 0 ? 0 : apart ? Number.NaN : klAt(step, lane);
    const other = lane > 0 && (differs || (lane === 2 && step > 66 && step % 4 === 0));
    const token = apart && lane > 0 ? 3000 + step : 1000 + step;
    const best = lane === 0 && differs ? 2000 + step : token;
    return { kl, nll: 1.2, dp: -0.01, sameTop: !other, best, token, top: tops(lane), bytes, effectiveBits };
  });
  const position = shape.prompt - 1 + step;
  const labels: Record<number, string> = {
    [1000 + step]: word,
    [2000 + step]: otherAt(step),
    [3000 + step]: otherAt(step + 3),
  };
  for (const [i, text] of candidates.entries()) labels[firstCandidate + i] = text.replace(' ', '·');
  return {
    ...{ run: options.run ?? 1, step, position, token: lanes[0].token, lanes, labels },
    heads: headMeasures(shape, step),
    row: options.row === false ? null : attentionRow(position + 1, shape.lanes, 50 + (step % 16)),
    ms: { step: 46.7, host: 3.2 },
    pieces: lanes.map((_, lane) => (apart && lane > 0 ? otherAt(step + 3) : word)),
  };
}
