import type { Gpu } from './device';
import { Kernels } from './kernel';
import type { Tables } from './learn';
import type { ModelFile } from './load/types';
import type { LoadOptions, ModelWeights } from './model/weights';
import { loadWeights } from './model/weights';

/** A model on a device, ready for runs. */
export interface Engine {
  gpu: Gpu;
  kernels: Kernels;
  weights: ModelWeights;
  /** Tables that codecs have learned from a calibration text, for later runs. */
  learned: Tables;
}

export async function openEngine(gpu: Gpu, file: ModelFile, options: LoadOptions = {}): Promise<Engine> {
  return { gpu, kernels: new Kernels(gpu), weights: await loadWeights(gpu, file, options), learned: new Map() };
}
