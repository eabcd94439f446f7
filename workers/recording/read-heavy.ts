import { f16FromNumber, f16ToNumber } from '../../gpu/load/f16';
import { DISTANCE_BINS, HEAD_MEASURES } from '../../gpu/run-types';
import { u16From, u32From } from './bytes';
import { alteredRecording } from './fault';
import type { Head } from './head';
import type { SectionOf } from './layout';
import { binsPerRow, headsPerStep, ROW_FIELDS } from './layout';
import type { Recording } from './recording';
import { headScales, ROW_SCALE, tableOf } from './scales';

/** Head measures of a step; empty where none were kept. Errors: bad-recording. */
export function headsReader(head: Head, section: SectionOf): (step: number) => Float32Array {
  const steps = u32From(section('headSteps'));
  const stride = HEAD_MEASURES.length;
  const size = headsPerStep(head);
  const codes = u16From(section('heads', 2 * steps.length * size));
  const places = size / stride;
  const tables = headScales.map(tableOf);
  const at = new Map(Array.from(steps, (step, i) => [step, i]));
  return (step) => {
    const column = at.get(step);
    if (column === undefined) return new Float32Array(0);
    const out = new Float32Array(size);
    for (let measure = 0; measure < stride; measure++) {
      for (let place = 0; place < places; place++) {
        const code = codes[(measure * places + place) * steps.length + column];
        out[place * stride + measure] = tables[measure][code] ?? 0;
      }
    }
    return out;
  };
}

/** Attention rows by step and head. Errors: bad-recording. */
export function rowReader(head: Head, section: SectionOf) {
  const lanes = head.settings.lanes.length + 1;
  const index = u32From(section('rowIndex'));
  const count = index.length / ROW_FIELDS;
  const places = new Map<string, { row: number; at: number; length: number }>();
  const heads = new Map<string, { layer: number; head: number }>();
  const firsts = new Map<number, { layer: number; head: number }>();
  let at = 0;
  for (let row = 0; row < count; row++) {
    const [step, layer, which, length] = index.subarray(row * ROW_FIELDS, (row + 1) * ROW_FIELDS);
    const keys = head.prompt.ids.length + step;
    if (step >= head.count || layer >= head.model.layers || which >= head.model.heads || length !== keys) {
      throw alteredRecording('It keeps an attention row of a head or step that it does not have.');
    }
    places.set(`${step}.${layer}.${which}`, { row, at, length });
    heads.set(`${layer}.${which}`, { layer, head: which });
    if (!firsts.has(step)) firsts.set(step, { layer, head: which });
    at += length * lanes;
  }
  const codes = u16From(section('rows', 2 * at));
  const bins = u16From(section('bins', 2 * count * binsPerRow(lanes)));
  const asF16 = Uint16Array.from(tableOf(ROW_SCALE), f16FromNumber);

  const get: Recording['row'] = (step, layer, which) => {
    const place = places.get(`${step}.${layer}.${which}`);
    if (!place) return null;
    const { length, row } = place;
    const shadow = codes.subarray(place.at, place.at + length);
    const lane = (n: number) =>
      Uint16Array.from({ length }, (_, key) => {
        const folded = n === 0 ? 0 : codes[place.at + n * length + key];
        return asF16[shadow[key] + (folded & 1 ? -(folded + 1) / 2 : folded / 2)] ?? 0;
      });
    const binAt = (n: number) => row * binsPerRow(lanes) + n * DISTANCE_BINS;
    return {
      ...{ layer, head: which, length },
      lanes: Array.from({ length: lanes }, (_, n) => lane(n)),
      bins: Array.from({ length: lanes }, (_, n) =>
        Float32Array.from(bins.subarray(binAt(n), binAt(n) + DISTANCE_BINS), f16ToNumber),
      ),
    };
  };
  const first = (step: number) => {
    const found = firsts.get(step);
    return found ? get(step, found.layer, found.head) : null;
  };
  return { get, first, heads: [...heads.values()] };
}
