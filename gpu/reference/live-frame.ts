import type { CacheConfig } from '../kv/config';
import type { CacheDims } from '../kv/footprint';
import { footprint } from '../kv/footprint';
import { f16FromNumber } from '../load/f16';
import { distanceProfile, headMeasures } from '../measure/attention';
import { klDivergence, logSumExp } from '../measure/divergence';
import type { AttentionRow, EffectiveBits, Frame, LaneBytes, LaneStep, TopToken } from '../run-types';
import { HEAD_MEASURES } from '../run-types';
import type { Trace } from './model';

interface Shape {
  layers: number;
  heads: number;
  headDim: number;
}

/** [L][H] -> probabilities of the newest query, by lane. */
export type LaneAttention = Float32Array[][];

const TOP = 10;

/** The numbers of one step from full logits [lanes][V]: those that the GPU computes, before the next token is known. */
export function laneSteps(
  rows: Float32Array[],
  bytes: { bytes: LaneBytes; effectiveBits: EffectiveBits }[],
): LaneStep[] {
  const sums = rows.map(logSumExp);
  return rows.map((row, lane) => {
    const against = lane === 0 ? Math.min(1, rows.length - 1) : 0;
    const top = best(row).map((id): TopToken => {
      return { id, logp: row[id] - sums[lane], other: rows[against][id] - sums[against] };
    });
    const none = { nll: Number.NaN, dp: Number.NaN, token: -1 };
    return {
      kl: lane === 0 ? 0 : klDivergence(rows[0], row),
      ...none,
      sameTop: true,
      best: top[0].id,
      top,
      ...bytes[lane],
    };
  });
}

/** Ids of the largest values, the lowest first among equals. */
function best(row: Float32Array): number[] {
  const ids: number[] = [];
  for (let id = 0; id < row.length; id++) {
    if (ids.length === TOP && row[id] <= row[ids[TOP - 1]]) continue;
    let at = ids.length;
    while (at > 0 && row[ids[at - 1]] < row[id]) at--;
    ids.splice(at, 0, id);
    if (ids.length > TOP) ids.pop();
  }
  return ids;
}

/** [L][lanes - 1][H][measure], as the GPU writes them. */
export function headBlock(lanes: LaneAttention[]): Frame['heads'] {
  const [shadow, ...others] = lanes;
  const heads = shadow.flatMap((all, layer) =>
    others.flatMap((lane) =>
      all.flatMap((row, head) => {
        const measures = headMeasures(row, lane[layer][head]);
        return HEAD_MEASURES.map((id) => measures[id]);
      }),
    ),
  );
  return Float32Array.from(heads);
}

/** Squared error and squared size of what each head has mixed, then of the block's output: [L][lanes - 1][H + 1][2]. */
export function localBlock(traces: readonly Trace[], { layers, heads, headDim }: Shape): Float32Array {
  const [shadow, ...others] = traces;
  const out: number[] = [];
  for (let layer = 0; layer < layers; layer++)
    for (const lane of others) {
      const [exact, own] = [shadow.mixed[layer], lane.mixed[layer]];
      for (let head = 0; head < heads; head++) out.push(...squares(exact, own, head * headDim, (head + 1) * headDim));
      const [block, other] = [shadow.attended[layer], lane.attended[layer]];
      out.push(...squares(block, other, 0, block.length));
    }
  return Float32Array.from(out);
}

function squares(exact: Float32Array, own: Float32Array, from: number, to: number): [number, number] {
  let [error, size] = [0, 0];
  for (let i = from; i < to; i++) {
    error += (own[i] - exact[i]) ** 2;
    size += exact[i] ** 2;
  }
  return [error, size];
}

export function attentionRow(lanes: LaneAttention[], at: { layer: number; head: number }): AttentionRow {
  const rows = lanes.map((lane) => lane[at.layer][at.head]);
  return {
    ...at,
    length: rows[0].length,
    lanes: rows.map((row) => Uint16Array.from(row, f16FromNumber)),
    bins: rows.map((row) => Float32Array.from(distanceProfile(row))),
  };
}

/** What a lane's rows would occupy in the packed layout: this engine keeps them as plain numbers. */
export function packedBytes(config: CacheConfig, dims: CacheDims, tokens: number, prompt: number, cap: number) {
  const at = footprint(config, dims, tokens, prompt);
  const { k, v, total, fp16, effectiveBits } = at;
  const bytes: LaneBytes = {
    ...{ codes: k.codes + v.codes, meta: k.meta + v.meta, exact: k.exact + v.exact, tables: 0, total, fp16 },
    ...{ reserved: footprint(config, dims, cap, prompt).total, instrumentation: 0, k: k.total, v: v.total },
  };
  return { bytes, effectiveBits };
}
