import type { CacheConfig } from '../../gpu/kv/config';
import type { Decisions } from '../../gpu/kv/decisions';
import { laneSummary } from '../../gpu/measure/lane-summary';
import type { LocalErrors } from '../../gpu/measure/local-errors';
import type { Watch } from '../../gpu/measure/watch';
import type { AdapterSummary, Frame, ModelSummary, RunSpec } from '../../gpu/run-types';
import { detectorsOf } from '../detectors-of';
import type { HeadMeans } from './head-means';
import { tokensOf } from './series';

/** Everything the result of one evaluation is made from. */
export interface Outcome {
  model: Pick<ModelSummary, 'name' | 'sha256' | 'arch' | 'layers' | 'heads' | 'kvHeads' | 'headDim' | 'vocab'>;
  adapter: AdapterSummary;
  spec: RunSpec;
  configs: CacheConfig[];
  /** Only the numbers by lane are read. */
  frames: Frame[];
  heads: HeadMeans | null;
  local?: LocalErrors | null;
  /** [lane][step] n best (id, log-probability), when asked for. */
  top: [number, number][][][];
  /** Reads the text of generated tokens. */
  decode: (ids: number[]) => string;
  timing: Record<string, unknown>;
  /** Has seen every frame. */
  watch: Watch;
  /** What the policies of each lane decided, the shadow left out. */
  decisions: Decisions[];
}

/** The JSON document of the eval contract. */
export function result(o: Outcome): object {
  const { frames, spec, configs } = o;
  const last = frames[frames.length - 1];
  const nll = frames.map((f) => f.lanes[0].nll).filter(Number.isFinite);
  const continuation = (lane: number) => {
    if (spec.forced) return {};
    const generated = tokensOf(frames, lane);
    return { text: o.decode(generated), generated };
  };
  const { name, sha256, arch, layers, heads, kvHeads, headDim, vocab } = o.model;
  return {
    version: 1,
    model: { name, sha256, arch, layers, heads, kvHeads, headDim, vocab },
    adapter: { name: o.adapter.name, features: o.adapter.features, software: o.adapter.software },
    tokens: [...spec.prompt, ...(spec.forced ?? tokensOf(frames, Math.min(1, spec.lanes.length)))],
    promptTokens: spec.prompt.length,
    mode: spec.mode,
    ...(spec.isolate ? { isolated: true } : {}),
    shadow: {
      config: configs[0],
      bytes: publicBytes(last, 0),
      nll,
      meanNll: nll.length ? nll.reduce((a, b) => a + b, 0) / nll.length : 0,
      ...(o.top.length ? { top: o.top[0] } : {}),
      detectors: detectorsOf(o.watch, 0),
      ...continuation(0),
    },
    lanes: spec.lanes.map((_, i) => ({
      config: configs[i + 1],
      bytes: publicBytes(last, i + 1),
      effectiveBits: last.lanes[i + 1].effectiveBits,
      steps: frames.map((f) => stepOf(f, i + 1)),
      ...(o.local ? { local: localOf(o.local, i) } : { summary: laneSummary(frames, i + 1) }),
      ...(o.top.length ? { top: o.top[i + 1] } : {}),
      ...(o.heads ? { heads: o.heads.of(i) } : {}),
      detectors: o.local ? [] : detectorsOf(o.watch, i + 1),
      policy: o.decisions[i],
      ...continuation(i + 1),
    })),
    timing: o.timing,
  };
}

/** Relative L2 errors of each layer on its own: values mixed by each head [L][H], output of the attention block [L]. */
function localOf(local: LocalErrors, lane: number): object {
  const { heads, block } = local.of(lane);
  return { heads, block };
}

/** One line of `--jsonl`: `lanes` are those of the document, without the shadow. */
export function stepLine(frame: Frame): object {
  const [shadow, ...lanes] = frame.lanes.map((_, lane) => stepOf(frame, lane));
  return { step: frame.step, shadow, lanes };
}

/** One step of a lane; fields without a value are left out, so that every number is finite. */
function stepOf(frame: Frame, lane: number): object {
  const { kl, nll, dp, sameTop, token } = frame.lanes[lane];
  const finite = Object.entries({ kl, nll, dp }).filter(([, v]) => Number.isFinite(v));
  return { position: frame.position, ...Object.fromEntries(finite), sameTop, ...(token >= 0 ? { token } : {}) };
}

function publicBytes(frame: Frame, lane: number): object {
  const { codes, meta, exact, tables, total, reserved, instrumentation, fp16 } = frame.lanes[lane].bytes;
  return { codes, meta, exact, tables, total, reserved, instrumentation, fp16 };
}
