import type { CacheRow, MechanismRow, WeightRow } from '../../gpu/lab/experiments/mechanism';
import type { LocalRow, SensitivityRow } from '../../gpu/lab/experiments/sensitivity';
import { findings } from '../../gpu/lab/mechanism/claim';
import type { ComparedRow } from '../../gpu/lab/sensitivity/compare';
import { lanesToCompare } from '../../gpu/lab/sensitivity/compare';
import type { LabPlan } from '../../workers/protocol';
import { DIMS } from './fake-frames';

/** Rows of the two experiments that look at layers on their own, invented by a formula. */
const { layers: L, heads: H } = DIMS;
const WIDTHS = [2, 3, 4, 5, 6, 8];
const wave = (i: number, seed: number) => 0.5 + 0.5 * Math.sin(i * 12.9898 + seed * 78.233);
const weightOf = (side: 'k' | 'v', layer: number) =>
  (side === 'k' ? 0.5 : 0.3) * (0.4 + 1.6 * wave(layer, side === 'k' ? 1 : 2));

const passes = (...ids: string[]) =>
  ids.map((id, i) => ({ id, title: id, ...(i > 0 ? { after: ids.slice(0, i) } : {}) }));
export const innerPasses: Record<string, LabPlan['passes']> = {
  sensitivity: passes('text', 'map-1', 'map-2', 'compare'),
  mechanism: passes('weights', 'text', 'cache', 'claim'),
};

function localRow(side: 'k' | 'v', bits: number, layer: number): LocalRow {
  const block = weightOf(side, layer) * 2 ** (1 - bits);
  const each = (scale: number, seed: number) =>
    Array.from({ length: H }, (_, h) => block * scale * (0.3 + 1.5 * wave(layer * H + h, seed)));
  const tv = side === 'k' ? each(0.4, 3) : new Array<number>(H).fill(0);
  return { kind: 'local', side, bits, layer, block, tv, heads: each(1, side === 'k' ? 4 : 5) };
}

const allLocal = () =>
  WIDTHS.flatMap((bits) =>
    (['k', 'v'] as const).flatMap((side) => Array.from({ length: L }, (_, layer) => localRow(side, bits, layer))),
  );

const NONE = { behind: null, behindLow: null, behindHigh: null };

function compared(k: number, v: number): ComparedRow[] {
  return lanesToCompare({ widths: WIDTHS, k, v }, allLocal(), L).map((arm, i) => {
    const klMean = 0.06 * (arm.local ?? 1.1) * (1 + 0.1 * i);
    const gain = i === 0 ? null : 0.06 * 0.5 - klMean;
    const around = gain === null ? null : 0.004;
    return {
      ...{ kind: 'lane', ...arm, lane: `system=kvtuner pairs=${arm.pairs}`, steps: 64, sameTop: 0.93 - i / 100 },
      ...{ klMean, klMedian: klMean / 2, kl99: klMean * 6, bytes: 812_000, bits: (k + v) / 2 + 0.5, gain },
      gainLow: gain === null ? null : gain - (around as number),
      gainHigh: gain === null ? null : gain + (around as number),
      p: gain === null ? null : 0.03,
      ...(arm.role === 'suggested'
        ? NONE
        : { behind: 0.01 * i, behindLow: 0.01 * i - 0.004, behindHigh: 0.01 * i + 0.004 }),
    };
  });
}

const weightRows = (): WeightRow[] =>
  Array.from({ length: L }, (_, layer) => ({
    ...{ kind: 'weights' as const, layer, kBias: null },
    ...{ kSpectral: 6 + 4 * wave(layer, 6), vSpectral: 3 + 3 * wave(layer, 7) },
    ...{ kFrobenius: 18 + 3 * wave(layer, 8), vFrobenius: 14 + 2 * wave(layer, 9) },
  }));

const cacheRows = (): CacheRow[] =>
  Array.from({ length: L }, (_, layer) => ({
    ...{ kind: 'cache' as const, layer, tokens: 210, kWorst: 9, kWorstUnrotated: 14, vWorst: 3 },
    ...{ kSpectral: 300 + 90 * wave(layer, 10), vSpectral: 60 + 30 * wave(layer, 11) },
    ...{ kFrobenius: 420 + 90 * wave(layer, 12), vFrobenius: 110 + 30 * wave(layer, 13) },
    ...{ kKurtosis: 4 + 6 * wave(layer, 14), vKurtosis: 3 + wave(layer, 15) },
    ...{ kOutliers: 0.02 * wave(layer, 16), kOutliersUnrotated: 0.06 * wave(layer, 17), vOutliers: 0 },
    ...{ kError: weightOf('k', layer) / 8, vError: weightOf('v', layer) / 8, kTv: weightOf('k', layer) / 20 },
  }));

export function innerRows({ experiment, settings }: LabPlan, pass: string): (SensitivityRow | MechanismRow)[] {
  const { k, v } = { k: 4, v: 4, ...settings };
  if (pass === 'text') return [{ kind: 'text', tokens: [1, 2, 3] }];
  if (experiment === 'sensitivity' && pass === 'compare') return compared(k, v);
  if (experiment === 'sensitivity') return allLocal().filter(({ bits }) => bits <= 4 === (pass === 'map-1'));
  if (pass === 'weights') return weightRows();
  return pass === 'cache' ? cacheRows() : findings(weightRows(), cacheRows());
}
