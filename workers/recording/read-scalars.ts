import type { LaneStep } from '../../gpu/run-types';
import { countsFrom, floatsFrom, u32From } from './bytes';
import { alteredRecording } from './fault';
import type { Head } from './head';
import type { SectionOf } from './layout';
import { BIT_FIELDS, BYTE_FIELDS, MOST_TOP } from './layout';

/** Numbers by lane and step. Errors: bad-recording. */
export function scalarReader({ count, settings }: Head, section: SectionOf) {
  const lanes = settings.lanes.length + 1;
  const n = lanes * count;
  const token = new Int32Array(u32From(section('token', 4 * n)).buffer as ArrayBuffer);
  const best = new Int32Array(u32From(section('best', 4 * n)).buffer as ArrayBuffer);
  const [kl, nll, dp] = ['kl', 'nll', 'dp'].map((name) => floatsFrom(section(name, 4 * n)));
  const sameTop = section('sameTop', n);
  const topCount = section('topCount', n);
  const tops = topCount.reduce((sum, many) => sum + many, 0);
  if (topCount.some((many) => many > MOST_TOP)) throw alteredRecording('It lists too many candidates for a token.');
  const topId = u32From(section('topId', 4 * tops));
  const [topLogp, topOther] = ['topLogp', 'topOther'].map((name) => floatsFrom(section(name, 4 * tops)));
  const topFrom = new Uint32Array(n + 1);
  for (let i = 0; i < n; i++) topFrom[i + 1] = topFrom[i] + topCount[i];
  const bytes = countsFrom(section('bytes', 8 * n * BYTE_FIELDS.length));
  const bits = new Float64Array(u32From(section('bits', 8 * n * BIT_FIELDS.length)).buffer as ArrayBuffer);
  const ms = floatsFrom(section('ms', 8 * count));
  const fields = <K extends string>(names: readonly K[], values: Float64Array, lane: number, step: number) =>
    Object.fromEntries(names.map((name, i) => [name, values[(lane * names.length + i) * count + step]])) as Record<
      K,
      number
    >;
  const column = <A extends Int32Array | Float32Array>(values: A, lane: number) =>
    values.subarray(lane * count, (lane + 1) * count);

  return {
    columns: (lane: number) => ({ token: column(token, lane), kl: column(kl, lane) }),
    ms: (step: number) => ({ step: ms[2 * step], host: ms[2 * step + 1] }),
    lane: (lane: number, step: number): LaneStep => {
      const i = lane * count + step;
      return {
        ...{ kl: kl[i], nll: nll[i], dp: dp[i], sameTop: sameTop[i] === 1, best: best[i], token: token[i] },
        top: Array.from({ length: topCount[i] }, (_, place) => {
          const at = topFrom[i] + place;
          return { id: topId[at], logp: topLogp[at], other: topOther[at] };
        }),
        bytes: fields(BYTE_FIELDS, bytes, lane, step),
        effectiveBits: fields(BIT_FIELDS, bits, lane, step),
      };
    },
  };
}
