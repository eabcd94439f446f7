import { allocateLanes } from './allocate-lanes';
import { Buffers } from './buffers';
import { calibrate } from './calibrate';
import { scoped } from './device';
import type { Engine } from './engine';
import type { ResultLayout } from './frame';
import { resultLayout } from './frame';
import { logitsOps } from './kernels/logits';
import type { Op } from './kernels/op';
import { knownNorms } from './known-norms';
import { KvCache } from './kv/cache';
import { checkForModel } from './kv/check';
import type { CacheConfig } from './kv/config';
import { shadowConfig } from './kv/config';
import { learnLayer } from './learn';
import type { Learned, Origin } from './learned';
import { originOf } from './learned';
import { throwIfCancelled } from './load/cancel';
import { embedding, head, layer } from './model/forward';
import { Pass } from './model/pass';
import { turnsTable } from './model/turns';
import { prefill } from './prefill';
import { Readback } from './readback';
import { checkSpec } from './run-check';
import type { RunSpec } from './run-types';
import type { NormKind } from './weight-norms';

export interface SetupOptions {
  progress?: (layers: number, total: number) => void;
  /** Layers of the calibration text, where tables are learned from it first. */
  learning?: (layers: number, total: number) => void;
  signal?: AbortSignal;
}

/** What a run works with: buffers sized by its cap, prepared ops, and a cache that holds the prompt. */
export interface RunParts {
  buffers: Buffers;
  cache: KvCache;
  pass: Pass;
  decodeOps: Op[];
  headOps: Op[];
  encodeOps: Op[];
  logits: GPUBuffer;
  result: GPUBuffer;
  readback: Readback;
  layout: ResultLayout;
  /** Where tables and norms that outlive a run come from; undefined where it uses none. */
  learned?: Origin;
}

/** The configurations of all lanes, the shadow first: f32 rows (tests) concern the shadow too. */
export function laneConfigs(lanes: CacheConfig[]): { configs: CacheConfig[]; f32Rows: boolean } {
  const f32Rows = lanes.some((c) => c.k.codec === 'f32' || c.v.codec === 'f32');
  const shadow = shadowConfig();
  if (f32Rows) for (const side of [shadow.k, shadow.v]) Object.assign(side, { codec: 'f32', bits: 32 });
  return { configs: [shadow, ...structuredClone(lanes)], f32Rows };
}

/**
 * Allocates, compiles and takes the prompt through. Errors: bad-config, bad-prompt, context-overflow, out-of-memory, cancelled;
 * nothing stays allocated after one.
 */
export async function prepareRun(engine: Engine, spec: RunSpec, options: SetupOptions): Promise<RunParts> {
  const { config: model } = engine.weights;
  const { device } = engine.gpu;
  checkSpec(spec, model.context, model.vocab);
  for (const config of spec.lanes) checkForModel(config, model.headDim);
  const used: Learned[] = [];
  const norms = async (kind: NormKind) => {
    const known = await knownNorms(engine, model.layers, engine.weights.norms, kind);
    used.push(known.from);
    return known.norms;
  };
  const { configs, f32Rows } = laneConfigs(await allocateLanes(spec.lanes, norms));
  const lanes = configs.length;
  const cap = spec.prompt.length + (spec.forced?.length ?? spec.steps);
  const { learning, signal } = options;
  const tables = await calibrate(engine, configs, spec.calibration, { progress: learning, signal });
  used.push(...tables.values());
  const buffers = new Buffers(device);
  try {
    return await scoped(device, 'this run', async () => {
      const cache = new KvCache(buffers, model, configs, {
        cap,
        prompt: spec.prompt.length,
        live: spec.live,
        seed: spec.decode.seed,
      });
      const turns = turnsTable(buffers, model, cap);
      const pass = new Pass(engine.kernels, buffers, model, cache, {
        rows: lanes,
        longRows: lanes,
        prefill: false,
        f32Rows,
        measure: spec.heads && lanes > 1,
        isolate: spec.isolate,
        turns,
      });
      const layout = resultLayout(lanes, model, cap, pass);
      const logits = buffers.storage('logits', lanes * model.vocab, 'scratch');
      const result = buffers.storage('result', layout.records / 4, 'scratch');
      const io = { logits, tokens: pass.tokens, result, step: pass.step };
      const layers = engine.weights.layers.flatMap((w, l) => layer(pass, w, l));
      const decodeOps = [...embedding(pass, engine.weights), ...layers];
      const headOps = [
        ...head(pass, engine.weights, logits),
        ...logitsOps(engine.kernels, buffers, io, lanes, model.vocab),
      ];
      const encodeOps = decodeOps.filter((op) => op.label === 'encode');
      const readback = new Readback(buffers, layout.total);
      throwIfCancelled(options.signal);
      await prefill(spec.prompt, {
        ...{ ...engine, cache, turns, f32Rows, isolate: spec.isolate, hidden: pass.hidden, ...options },
        onRows: (rows, l) => learnLayer(device, cache, rows, l, tables, true),
        onLayer: (rows, l) => learnLayer(device, cache, rows, l, tables, false),
      });
      return {
        buffers,
        cache,
        pass,
        decodeOps,
        headOps,
        encodeOps,
        logits,
        result,
        readback,
        layout,
        learned: originOf(used),
      };
    });
  } catch (error) {
    buffers.destroy();
    throw error;
  }
}
