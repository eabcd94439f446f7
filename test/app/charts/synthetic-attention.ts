import type { AttentionRow } from '../../../gpu/run-types';
import { DISTANCE_BINS, HEAD_MEASURES } from '../../../gpu/run-types';
import { toHalf } from './half';
import { gauss, random } from './random';
import type { Shape } from './synthetic';

/** A row that looks like one: a sink, a recent ridge, a distant key that the lane loses, noise. */
export function attentionRow(length: number, lanes: number, seed: number): AttentionRow {
  const next = random(seed);
  const shadow = Float32Array.from({ length }, (_, i) => {
    const back = length - i;
    if (i === 0) return 0.41;
    if (i === 118) return 0.118;
    if (back === 23) return 0.048;
    if (back === 41) return 0.03;
    return Math.min(0.2, 0.00012 * Math.exp(1.25 * gauss(next)) + 0.1 * Math.exp(-back / 2.2));
  });
  const rows = [shadow];
  for (let lane = 1; lane < lanes; lane++) {
    const own = random(seed + 90 * lane);
    rows.push(
      shadow.map((v, i) => {
        if (i === 0) return v + 0.07 * lane;
        if (i === 118) return v * (lane === 1 ? 0.41 : 0.12);
        return Math.min(0.3, v * Math.exp(0.5 * lane * gauss(own)));
      }),
    );
  }
  return {
    layer: 7,
    head: 4,
    length,
    lanes: rows.map((row) => Uint16Array.from(row, toHalf)),
    bins: rows.map(binsOf),
  };
}

function binsOf(row: Float32Array): Float32Array {
  const bins = new Float32Array(DISTANCE_BINS);
  for (let key = 1; key < row.length; key++) {
    const back = row.length - 1 - key;
    bins[back === 0 ? 0 : Math.min(DISTANCE_BINS - 1, 1 + Math.floor(Math.log2(back)))] += row[key];
  }
  return bins;
}

/** [L][lanes - 1][H][measure], error concentrated in a few KV groups. */
export function headMeasures(shape: Shape, step: number): Float32Array {
  const { layers, heads, kvHeads, lanes } = shape;
  const stride = HEAD_MEASURES.length;
  const out = new Float32Array((lanes - 1) * layers * heads * stride);
  const perGroup = heads / kvHeads;
  for (let lane = 1; lane < lanes; lane++) {
    for (let layer = 0; layer < layers; layer++) {
      for (let head = 0; head < heads; head++) {
        const at = ((layer * (lanes - 1) + lane - 1) * heads + head) * stride;
        const next = random(1000 + layer * 31 + head * 7 + step * 977 + lane * 5);
        const group = random(layer * 17 + Math.floor(head / perGroup) * 3)();
        let tv = 0.0026 * (0.4 + 5 * group * group) * Math.exp(0.55 * gauss(next));
        tv *= layer < 2 ? 6 : layer < 10 ? 2.2 : layer > 25 ? 2.8 : 1;
        if (layer === 7 && Math.floor(head / perGroup) === 1) tv = 0.14 + 0.073 * Number(head === 4);
        tv = Math.min(0.9, tv * (lane === 1 ? 1 : 3.4));
        const sign = group > 0.5 ? -1 : 1;
        out.set([tv, tv * tv, sign * tv * 2, Number(next() < tv * 2), 0.4, sign * tv * 0.6, 0.1, -sign * tv * 0.8], at);
      }
    }
  }
  return out;
}
