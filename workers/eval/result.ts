import type { CacheConfig } from '../../gpu/kv/config';
import type { AdapterSummary, Frame, ModelSummary, RunSpec } from '../../gpu/run-types';
import type { HeadMeans } from './head-means';
import { laneSummary } from './series';

/** Everything the result of one evaluation is made from. */
export interface Outcome {
  model: Pick<ModelSummary, 'name' | 'sha256' | 'arch' | 'layers' | 'heads' | 'kvHeads' | 'headDim' | 'vocab'>;
  adapter: AdapterSummary;
  spec: RunSpec;
  configs: CacheConfig[];
  /** Only the numbers by lane are read. */
  frames: Frame[];
  heads: HeadMeans | null;
  /** [lane][step] n best (id, log-probability), when asked for. */
  top: [number, number][][][];
  texts: string[] | null;
  timing: Record<string, unknown>;
}

/** The JSON document of the eval contract. */
export function result(o: Outcome): object {
  const { frames, spec, configs } = o;
  const last = frames[frames.length - 1];
  const nll = frames.map((f) => f.lanes[0].nll).filter(Number.isFinite);
  const generated = (lane: number) => frames.map((f) => f.lanes[lane].token).filter((id) => id >= 0);
  const { name, sha256, arch, layers, heads, kvHeads, headDim, vocab } = o.model;
  return {
    version: 1,
    model: { name, sha256, arch, layers, heads, kvHeads, headDim, vocab },
    adapter: { name: o.adapter.name, features: o.adapter.features, software: o.adapter.software },
    tokens: [...spec.prompt, ...(spec.forced ?? generated(Math.min(1, spec.lanes.length)))],
    promptTokens: spec.prompt.length,
    mode: spec.mode,
    shadow: {
      config: configs[0],
      bytes: publicBytes(last, 0),
      nll,
      meanNll: nll.length ? nll.reduce((a, b) => a + b, 0) / nll.length : 0,
      ...(o.top.length ? { top: o.top[0] } : {}),
      ...(o.texts ? { text: o.texts[0], generated: generated(0) } : {}),
    },
    lanes: spec.lanes.map((_, i) => ({
      config: configs[i + 1],
      bytes: publicBytes(last, i + 1),
      effectiveBits: last.lanes[i + 1].effectiveBits,
      steps: frames.map((f) => stepOf(f, i + 1)),
      summary: laneSummary(frames, i + 1),
      ...(o.top.length ? { top: o.top[i + 1] } : {}),
      ...(o.heads ? { heads: o.heads.of(i) } : {}),
      policy: {},
      ...(o.texts ? { text: o.texts[i + 1], generated: generated(i + 1) } : {}),
    })),
    timing: o.timing,
  };
}

/** One step of a lane; fields without a value are left out, so that every number is finite. */
export function stepOf(frame: Frame, lane: number): object {
  const { kl, nll, dp, sameTop, token } = frame.lanes[lane];
  const finite = Object.entries({ kl, nll, dp }).filter(([, v]) => Number.isFinite(v));
  return { position: frame.position, ...Object.fromEntries(finite), sameTop, ...(token >= 0 ? { token } : {}) };
}

function publicBytes(frame: Frame, lane: number): object {
  const { codes, meta, exact, tables, total, reserved, instrumentation, fp16 } = frame.lanes[lane].bytes;
  return { codes, meta, exact, tables, total, reserved, instrumentation, fp16 };
}
