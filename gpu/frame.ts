import { RECORD, TOP } from './kernels/logits';
import { f16FromNumber } from './load/f16';
import { distanceProfile } from './measure/attention';
import { HEAD_STATS } from './model/attention';
import type { ModelConfig } from './model/config';
import { localCount } from './model/isolation';
import type { Pass } from './model/pass';
import type { AttentionRow, EffectiveBits, Frame, LaneBytes, LaneStep, TopToken } from './run-types';

/** What the host knows of a step when it is enqueued. */
export interface Enqueued {
  run: number;
  step: number;
  position: number;
  lanes: number;
  selected: { layer: number; head: number };
  bytes: { bytes: LaneBytes; effectiveBits: EffectiveBits }[];
}

/** Byte ranges of one step's results in a staging buffer. */
export interface ResultLayout {
  records: number;
  heads: number;
  rows: number;
  local: number;
  total: number;
}

export function resultLayout(
  lanes: number,
  { layers, heads: H }: ModelConfig,
  cap: number,
  { stats, isolation }: Pick<Pass, 'stats' | 'isolation'>,
): ResultLayout {
  const records = lanes * RECORD * 4;
  const heads = stats ? layers * (lanes - 1) * H * HEAD_STATS * 4 : 0;
  const rows = stats ? lanes * cap * 4 : 0;
  const local = isolation?.errors ? localCount(layers, lanes, H) * 4 : 0;
  return { records, heads, rows, local, total: records + heads + rows + local };
}

/** Decodes the bytes of one step. `keys` = keys the step's query saw, 0 when no attention was measured. */
export function readFrame(
  data: ArrayBuffer,
  layout: ResultLayout,
  at: Enqueued,
  cap: number,
  keys: number,
  ms: Frame['ms'],
): Frame {
  const records = Array.from({ length: at.lanes }, (_, lane) => readRecord(data, lane));
  const shadow = records[0];
  const lanes = records.map((record, lane): LaneStep => {
    const logp = record.logpNext;
    return {
      kl: lane === 0 ? 0 : record.kl,
      nll: record.next < 0 ? Number.NaN : -logp,
      dp: record.next < 0 ? Number.NaN : Math.exp(logp) - Math.exp(shadow.logpNext),
      sameTop: record.top[0].id === shadow.top[0].id,
      best: record.top[0].id,
      token: record.next,
      top: record.top,
      ...at.bytes[lane],
    };
  });
  return {
    run: at.run,
    step: at.step,
    position: at.position,
    token: shadow.next,
    lanes,
    heads: keys > 0 ? new Float32Array(data, layout.records, layout.heads / 4) : new Float32Array(0),
    row: keys > 0 ? readRow(data, layout, at, cap, keys) : null,
    ...(keys > 0 && layout.local > 0
      ? { local: new Float32Array(data, layout.total - layout.local, layout.local / 4) }
      : {}),
    ms,
  };
}

function readRecord(data: ArrayBuffer, lane: number) {
  const words = new Uint32Array(data, lane * RECORD * 4, RECORD);
  const floats = new Float32Array(data, lane * RECORD * 4, RECORD);
  const top: TopToken[] = Array.from({ length: TOP }, (_, i) => ({
    id: words[4 + 3 * i],
    logp: floats[5 + 3 * i],
    other: floats[6 + 3 * i],
  })).filter(({ id }) => id !== 0xffffffff);
  return {
    kl: floats[0],
    logpNext: floats[1],
    logSum: floats[2],
    next: words[3] >= 0xfffffffe ? -1 : words[3],
    top,
  };
}

/** One head's row of every lane. */
export function readRow(
  data: ArrayBuffer,
  layout: ResultLayout,
  at: Pick<Enqueued, 'lanes' | 'selected'>,
  cap: number,
  keys: number,
): AttentionRow {
  const all = Array.from(
    { length: at.lanes },
    (_, lane) => new Float32Array(data, layout.records + layout.heads + lane * cap * 4, keys),
  );
  return {
    ...at.selected,
    length: keys,
    lanes: all.map((row) => Uint16Array.from(row, f16FromNumber)),
    bins: all.map((row) => Float32Array.from(distanceProfile(row))),
  };
}
