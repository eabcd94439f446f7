import { Buffers } from './buffers';
import type { Kernels } from './kernel';
import { KvCache } from './kv/cache';
import { checkForModel } from './kv/check';
import type { CacheConfig } from './kv/config';
import { laneBytes } from './kv/lane-bytes';
import type { ModelConfig } from './model/config';
import { Pass } from './model/pass';
import { pieceTokens, prefillStreams } from './prefill';
import { laneConfigs } from './run-setup';

export interface RunEstimate {
  /** Bytes reserved by each lane, the shadow first, FP16 originals included. */
  lanes: number[];
  /** Activations at their largest: a prompt that fills the cap. Small parameter buffers are left out. */
  scratch: number;
  /** The largest single buffer. */
  largest: { label: string; bytes: number };
}

/**
 * What a live run of `cap` tokens would allocate, without a device: its cache and passes are made on paper, by the code that
 * makes them for real. Errors: bad-config for lanes that the model cannot have.
 */
export function estimateRun(model: ModelConfig, wanted: CacheConfig[], cap: number): RunEstimate {
  for (const config of wanted) checkForModel(config, model.headDim);
  const { configs, f32Rows } = laneConfigs(wanted);
  const largest = { label: '', bytes: 0 };
  const paper = {
    createBuffer({ size, label = '' }: GPUBufferDescriptor) {
      if (size > largest.bytes) Object.assign(largest, { label, bytes: size });
      return { size, destroy() {} };
    },
    limits: { maxStorageBufferBindingSize: Number.POSITIVE_INFINITY },
    queue: { writeBuffer() {} },
  } as unknown as GPUDevice;
  const buffers = new Buffers(paper);
  const cache = new KvCache(buffers, model, configs, { cap, prompt: cap, live: true, seed: 0 });
  const shared = { f32Rows, turns: buffers.storage('turns', cap * model.headDim, 'scratch') };
  // Kernels are asked for only when ops are made.
  const pass = (rows: number, longRows: number, prefill: boolean) =>
    new Pass(null as unknown as Kernels, buffers, model, cache, {
      ...{ rows, longRows, prefill, measure: !prefill },
      ...shared,
    });
  const streams = prefillStreams(configs).length;
  pass(configs.length, configs.length, false);
  pass(pieceTokens(cap, streams, model.heads, cap) * streams, cap * streams, true);
  buffers.storage('logits', configs.length * model.vocab, 'scratch');
  const lanes = cache.plans.map((plans) => laneBytes(plans, model).bytes.reserved);
  return { lanes, scratch: buffers.total('scratch'), largest };
}
