import type { Buffers } from '../buffers';
import { ropeFrequencies } from '../rope-frequencies';
import type { ModelConfig } from './config';

/** Rotary table [cap][D/2] of (cos, sin), computed in f64. RoPE: Su et al. 2021; llama3 and linear scaling divide the frequencies. */
export function turnsTable(buffers: Buffers, model: ModelConfig, cap: number): GPUBuffer {
  const half = model.headDim / 2;
  const frequencies = ropeFrequencies(model);
  const table = new Float32Array(cap * half * 2);
  for (let i = 0; i < half; i++) {
    const frequency = frequencies[i];
    for (let t = 0; t < cap; t++) {
      table[(t * half + i) * 2] = Math.cos(t * frequency);
      table[(t * half + i) * 2 + 1] = Math.sin(t * frequency);
    }
  }
  const buffer = buffers.storage('turns', table.length, 'scratch');
  buffers.device.queue.writeBuffer(buffer, 0, table);
  return buffer;
}
