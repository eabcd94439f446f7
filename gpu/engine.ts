import type { Gpu } from './device';
import { Kernels } from './kernel';
import type { Learning, Memory } from './learned';
import type { ModelFile } from './load/types';
import type { LoadOptions, ModelWeights } from './model/weights';
import { loadWeights } from './model/weights';

/** A model on a device, ready for runs. */
export interface Engine extends Learning {
  gpu: Gpu;
  kernels: Kernels;
  weights: ModelWeights;
}

export async function openEngine(
  gpu: Gpu,
  file: ModelFile,
  { memory = null, ...options }: LoadOptions & { memory?: Memory | null } = {},
): Promise<Engine> {
  const weights = await loadWeights(gpu, file, options);
  return { gpu, kernels: new Kernels(gpu), weights, learned: new Map(), memory };
}
