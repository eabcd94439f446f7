import { f16FromNumber, f16ToNumber } from '../../gpu/load/f16';
import { receiptOf } from '../../gpu/measure/receipt';
import type { AttentionRow, LaneStep } from '../../gpu/run-types';
import { HEAD_MEASURES } from '../../gpu/run-types';
import type { WireFrame } from '../protocol';
import { countPlanes, floatPlanes, planesOf } from './bytes';
import { pack } from './container';
import { headOf } from './head';
import { BIT_FIELDS, BYTE_FIELDS } from './layout';
import type { RunToRecord } from './recording';
import { codeOf, headScales, ROW_SCALE } from './scales';

/** A run as the bytes of one file. `rest` is awaited between its parts, so that a page stays responsive. */
export async function writeRecording(run: RunToRecord, rest?: () => Promise<void>): Promise<Uint8Array<ArrayBuffer>> {
  const { frames } = run;
  const lanes = frames[0].lanes.map((_, lane) => frames.map((frame) => frame.lanes[lane]));
  const columns = lanes.map((steps) => ({ token: steps.map((s) => s.token), kl: steps.map((s) => s.kl) }));
  const labels = new Map(frames.flatMap((frame) => Object.entries(frame.labels)));
  const head = headOf(run, {
    receipt: receiptOf(run.prompt.ids, { lanes: columns }, frames.length),
    count: frames.length,
    pieces: piecesOf(frames),
    labels: [...labels].map(([id, label]): [number, string] => [Number(id), label]),
  });
  const sections = new Map([...scalars(lanes, frames), ...heavy(run)]);
  return pack({ head, sections }, rest);
}

function piecesOf(frames: readonly WireFrame[]): string[][] {
  const byLane = frames[0].pieces.map((_, lane) => frames.map((frame) => frame.pieces[lane]));
  const alike = byLane.every((list) => list.every((piece, step) => piece === byLane[0][step]));
  return alike ? byLane.slice(0, 1) : byLane;
}

type Section = [name: string, bytes: Uint8Array];

/** Numbers by lane and step, to the bit. */
function scalars(lanes: LaneStep[][], frames: readonly WireFrame[]): Section[] {
  const all = lanes.flat();
  const top = all.flatMap((step) => step.top);
  const words = (values: number[]) => planesOf(Uint32Array.from(values));
  const byField = <K extends string>(fields: readonly K[], of: (step: LaneStep) => Record<K, number>) =>
    lanes.flatMap((steps) => fields.flatMap((field) => steps.map((step) => of(step)[field])));
  const bits = Float64Array.from(byField(BIT_FIELDS, (step) => step.effectiveBits));
  return [
    ['token', words(all.map((step) => step.token))],
    ['best', words(all.map((step) => step.best))],
    ['kl', floatPlanes(all.map((step) => step.kl))],
    ['nll', floatPlanes(all.map((step) => step.nll))],
    ['dp', floatPlanes(all.map((step) => step.dp))],
    ['sameTop', Uint8Array.from(all, (step) => (step.sameTop ? 1 : 0))],
    ['topCount', Uint8Array.from(all, (step) => step.top.length)],
    ['topId', words(top.map(({ id }) => id))],
    ['topLogp', floatPlanes(top.map(({ logp }) => logp))],
    ['topOther', floatPlanes(top.map(({ other }) => other))],
    ['bytes', countPlanes(byField(BYTE_FIELDS, (step) => ({ ...step.bytes })))],
    ['bits', planesOf(new Uint32Array(bits.buffer))],
    ['ms', floatPlanes(frames.flatMap(({ ms }) => [ms.step, ms.host]))],
  ];
}

/** Head measures and attention rows, rounded to their scales. */
function heavy({ frames, rows = [] }: RunToRecord): Section[] {
  const measured = frames.filter((frame) => frame.heads.length > 0);
  const kept = frames.flatMap(({ step, row }) =>
    [...(row ? [row] : []), ...(rows[step] ?? [])].map((r) => ({ step, row: r })),
  );
  return [
    ['headSteps', planesOf(Uint32Array.from(measured, (frame) => frame.step))],
    ['heads', planesOf(headCodes(measured))],
    ['rowIndex', planesOf(Uint32Array.from(kept.flatMap(({ step, row }) => [step, row.layer, row.head, row.length])))],
    ['rows', planesOf(rowCodes(kept.map(({ row }) => row)))],
    [
      'bins',
      planesOf(
        Uint16Array.from(
          kept.flatMap(({ row }) => row.bins.flatMap((b) => [...b])),
          f16FromNumber,
        ),
      ),
    ],
  ];
}

/** [measure][layer, lane, head][step]: what stays alike stands together. */
function headCodes(frames: WireFrame[]): Uint16Array {
  const stride = HEAD_MEASURES.length;
  const places = (frames[0]?.heads.length ?? 0) / stride;
  const codes = new Uint16Array(frames.length * places * stride);
  let at = 0;
  for (let measure = 0; measure < stride; measure++) {
    for (let place = 0; place < places; place++) {
      for (const { heads } of frames) codes[at++] = codeOf(heads[place * stride + measure], headScales[measure]);
    }
  }
  return codes;
}

/** [row][lane][key]; further lanes as the difference of their codes to the shadow's, signs folded in. */
function rowCodes(rows: AttentionRow[]): Uint16Array {
  const codes = new Uint16Array(rows.reduce((sum, { lanes, length }) => sum + lanes.length * length, 0));
  const own = (bits: number) => codeOf(f16ToNumber(bits), ROW_SCALE);
  let at = 0;
  for (const { lanes } of rows) {
    const shadow = Array.from(lanes[0], own);
    codes.set(shadow, at);
    at += shadow.length;
    for (const lane of lanes.slice(1)) {
      for (let key = 0; key < shadow.length; key++) {
        const difference = own(lane[key]) - shadow[key];
        codes[at++] = difference < 0 ? -2 * difference - 1 : 2 * difference;
      }
    }
  }
  return codes;
}
