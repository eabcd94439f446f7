import type { CacheConfig } from '../../gpu/kv/config';
import { footprint } from '../../gpu/kv/footprint';
import type { LaneBytes, LaneStep } from '../../gpu/run-types';
import { DISTANCE_BINS, HEAD_MEASURES } from '../../gpu/run-types';
import type { WireFrame } from '../../workers/protocol';

export const DIMS = { layers: 30, heads: 9, kvHeads: 3, headDim: 64 };
const WORDS =
  ' the lamp burned all night and glass was warm under his hand He wiped it trimmed wick wrote hour in book Below boat from village had come with bread oil two letters first sister who asked again for word that opened door'.split(
    ' ',
  );
export const wordOf = (id: number) => ` ${WORDS[1 + (id % (WORDS.length - 1))]}`;

/** The same numbers for the same seed and step, whatever was asked before. */
function rng(seed: number) {
  let s = seed | 0;
  return () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const gauss = (r: () => number) => Math.sqrt(-2 * Math.log(r() + 1e-9)) * Math.cos(6.2832 * r());

export function bytesOf(config: CacheConfig, tokens: number, cap: number): LaneBytes {
  const f = footprint(config, DIMS, tokens);
  return {
    codes: f.k.codes + f.v.codes,
    meta: f.k.meta + f.v.meta,
    exact: f.k.exact + f.v.exact,
    tables: 0,
    total: f.total,
    reserved: footprint(config, DIMS, cap).total,
    instrumentation: f.fp16,
    fp16: f.fp16,
    k: f.k.total,
    v: f.v.total,
  };
}

const noise = (config: CacheConfig) => 3 * 4 ** -Math.min(8, config.k.bits) + 0.6 * 4 ** -Math.min(8, config.v.bits);

function f16(value: number): number {
  const f = new Float32Array([value]);
  const u = new Uint32Array(f.buffer)[0];
  const e = ((u >>> 23) & 255) - 112;
  return e <= 0 ? 0 : (e << 10) | ((u >>> 13) & 1023);
}

export interface FakeRun {
  run: number;
  prompt: number;
  cap: number;
  configs: CacheConfig[];
  head: { layer: number; head: number };
}

/** A frame with invented but plausible numbers; exact zeros for a lane of K16 V16. */
export function fakeFrame({ run, prompt, cap, configs, head }: FakeRun, step: number, last: boolean): WireFrame {
  const position = prompt - 1 + step;
  const token = 100 + ((step * 37 + 11) % 600);
  const lanes = configs.map((config, lane): LaneStep => {
    const r = rng(step * 131 + lane * 7);
    const exact = config.k.bits >= 16 && config.v.bits >= 16;
    const kl = lane === 0 || exact ? 0 : noise(config) * Math.exp(0.75 * gauss(r));
    const sameTop = kl < 0.12;
    const shift = kl === 0 ? 0 : Math.min(0.6, kl * 3) * (r() - 0.5);
    const top = Array.from({ length: 10 }, (_, i) => {
      const p = 0.22 * 0.72 ** i;
      return {
        id: 100 + ((token + i * 53 - 100) % 600),
        logp: Math.log(p * (1 + shift)),
        other: Math.log(p * (1 - shift * 0.5)),
      };
    });
    const f = footprint(config, DIMS, position + 1);
    const best = sameTop ? token : token + 1;
    return {
      kl,
      nll: 1.5 - shift,
      dp: shift * 0.2,
      sameTop,
      best,
      token: last ? -1 : token,
      top,
      bytes: bytesOf(config, position + 1, cap),
      effectiveBits: f.effectiveBits,
    };
  });
  const per = DIMS.layers * DIMS.heads * HEAD_MEASURES.length;
  const heads = new Float32Array((configs.length - 1) * per);
  for (let lane = 1; lane < configs.length; lane++) {
    const r = rng(step * 17 + lane);
    const scale = lanes[lane].kl === 0 ? 0 : noise(configs[lane]);
    for (let i = 0; i < per; i++) {
      const layer = Math.floor(i / (DIMS.heads * HEAD_MEASURES.length));
      const signed = HEAD_MEASURES[i % HEAD_MEASURES.length].endsWith('Change') ? r() - 0.4 : 1;
      const at = i + (layer * (configs.length - 2) + lane - 1) * DIMS.heads * HEAD_MEASURES.length;
      heads[at] = Math.min(0.9, scale * 1.5 * signed * Math.exp(0.8 * gauss(r)) * (layer < 2 || layer > 26 ? 4 : 1));
    }
  }
  const length = position + 1;
  const rows = configs.map((config, lane) => {
    const r = rng(head.layer * 31 + head.head);
    const q = rng(step * 3 + lane);
    const row = Float64Array.from({ length }, (_, i) =>
      i === 0 ? 0.4 : 0.0004 * Math.exp(1.2 * gauss(r)) + 0.1 * Math.exp((i - length) / 2.2),
    );
    return Uint16Array.from(row, (v) => f16(lane === 0 ? v : v * Math.exp(Math.sqrt(noise(config)) * gauss(q))));
  });
  const bins = configs.map((_, lane) =>
    Float32Array.from({ length: DISTANCE_BINS }, (_, i) => 0.1 * Math.exp(-i / 4) * (lane && i > 6 ? 0.4 : 1)),
  );
  const labels: Record<number, string> = {};
  for (const lane of lanes)
    for (const { id } of [...lane.top, { id: lane.best }, { id: token }]) labels[id] = wordOf(id);
  return {
    ...{ run, step, position, token: last ? -1 : token, lanes, heads, labels },
    row: { layer: head.layer, head: head.head, length, lanes: rows, bins },
    ms: { step: 43.5, host: 3.2 },
    pieces: configs.map(() => (last ? '' : wordOf(token))),
  };
}
