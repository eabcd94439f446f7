import type { Pair } from '../../kv/allocate/pairs';
import { pairRanges } from '../../kv/allocate/pairs';
import { formatPairs } from '../../kv/layer-pairs';
import { laneSummary } from '../../measure/lane-summary';
import { blockLength, blockMeans, bootstrapMean, differences } from '../../measure/statistics/bootstrap';
import { signTest } from '../../measure/statistics/sign-test';
import type { Frame } from '../../run-types';
import type { LocalRow, SensitivitySettings } from '../experiments/sensitivity';
import type { MeasuredErrors } from '../suggest-pairs';
import { errorOf, suggestPairs, turnedRound } from '../suggest-pairs';

/** `suggested`: from the map; `flat`: one pair for all layers; `turned`: the suggestion's widths dealt out the wrong way round. */
export type Role = 'suggested' | 'flat' | 'turned';

export interface Arm {
  role: Role;
  /** As a lane says them. */
  pairs: string;
  /** Sum over layers and sides of squared local errors; null where a width was not measured. */
  local: number | null;
}

/** One lane over the whole text, end to end. KL in nats, bytes after the last token fed. */
export interface ComparedRow extends Arm {
  kind: 'lane';
  lane: string;
  steps: number;
  klMean: number;
  klMedian: number;
  kl99: number;
  sameTop: number;
  bytes: number;
  bits: number;
  /** Mean KL of the flat pair minus this lane's, step by step, its 95 % interval, and the sign test on blocks of steps; null for the flat pair. */
  gain: number | null;
  gainLow: number | null;
  gainHigh: number | null;
  p: number | null;
  /** This lane's mean KL minus the suggestion's, and its 95 % interval; null for the suggestion. */
  behind: number | null;
  behindLow: number | null;
  behindHigh: number | null;
}

export function measuredErrors(rows: readonly LocalRow[], widths: readonly number[], layers: number): MeasuredErrors {
  const table = (side: 'k' | 'v') =>
    Array.from({ length: layers }, (_, layer) =>
      widths.map((bits) => rows.find((r) => r.side === side && r.bits === bits && r.layer === layer)?.block ?? 0),
    );
  return { widths, k: table('k'), v: table('v') };
}

/** The flat pair first. Pairs of the same sum beside it are the suggestion's plain rivals: one bit moved to keys, and to values. */
export function lanesToCompare(
  { widths, k, v }: Pick<SensitivitySettings, 'widths' | 'k' | 'v'>,
  rows: readonly LocalRow[],
  layers: number,
): Arm[] {
  const errors = measuredErrors(rows, widths, layers);
  const flat = (bits: Pair): Pair[] => Array.from({ length: layers }, () => bits);
  const suggested = suggestPairs(errors, k + v);
  const rivals = [[k + 1, v - 1] as const, [k - 1, v + 1] as const].filter((pair) =>
    pair.every((b) => b >= 1 && b <= 8),
  );
  const arm = (role: Role, pairs: readonly Pair[]): Arm => ({
    role,
    pairs: formatPairs(pairRanges(pairs)),
    local: errorOf(errors, pairs),
  });
  return [
    arm('flat', flat([k, v])),
    arm('suggested', suggested),
    ...rivals.map((pair) => arm('flat', flat(pair))),
    arm('turned', turnedRound(errors, suggested)),
  ];
}

/** `frames` = those of one run whose lanes are the arms, the flat pair first. */
export function compare(arms: readonly Arm[], frames: readonly Frame[], lanes: readonly string[]): ComparedRow[] {
  const klOf = (lane: number) => frames.map((frame) => frame.lanes[lane].kl);
  const last = frames[frames.length - 1];
  const suggested = arms.findIndex(({ role }) => role === 'suggested');
  return arms.map((arm, i) => {
    const { steps, klMean, klMedian, kl99, sameTop } = laneSummary(frames, i + 1);
    const { bytes, effectiveBits } = last.lanes[i + 1];
    const behind = i === suggested ? null : gainOver(klOf(i + 1), klOf(suggested + 1));
    return {
      ...{ kind: 'lane', ...arm, lane: lanes[i] },
      ...{ steps, klMean, klMedian, kl99, sameTop },
      ...{ bytes: bytes.total, bits: effectiveBits.mean },
      ...(i === 0 ? { gain: null, gainLow: null, gainHigh: null, p: null } : gainOver(klOf(1), klOf(i + 1))),
      ...{ behind: behind?.gain ?? null, behindLow: behind?.gainLow ?? null, behindHigh: behind?.gainHigh ?? null },
    };
  });
}

/** Steps of a run hang together: the interval draws blocks of steps, the sign test counts them. */
function gainOver(flat: readonly number[], own: readonly number[]) {
  const gains = differences(flat, own);
  const block = blockLength(gains.length);
  const interval = bootstrapMean(gains, { block });
  const gain = gains.reduce((sum, one) => sum + one, 0) / Math.max(1, gains.length);
  const p = signTest(blockMeans(gains, block)).p;
  return { gain, gainLow: interval?.low ?? null, gainHigh: interval?.high ?? null, p };
}
