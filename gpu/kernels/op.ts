import type { Kernel } from '../kernel';
import type { Step } from './step';

/** Which part of a step's time a dispatch belongs to. */
export type Kind = 'matmul' | 'attention' | 'measure' | 'other';

/** One prepared dispatch: everything fixed but the number of workgroups, which follows the step. */
export interface Op {
  label: string;
  kind: Kind;
  kernel: Kernel;
  bindGroup: GPUBindGroup;
  groups(step: Step): [number, number?, number?];
}

export const ceil = (n: number, d: number): number => Math.ceil(n / d);

/** Records prepared dispatches into one compute pass. */
export function record(
  encoder: GPUCommandEncoder,
  ops: readonly Op[],
  step: Step,
  stamps?: GPUComputePassTimestampWrites,
): void {
  const pass = encoder.beginComputePass(stamps ? { timestampWrites: stamps } : {});
  for (const op of ops) {
    const [x, y = 1, z = 1] = op.groups(step);
    if (x === 0 || y === 0 || z === 0) continue;
    pass.setPipeline(op.kernel.pipeline);
    pass.setBindGroup(0, op.bindGroup);
    pass.dispatchWorkgroups(x, y, z);
  }
  pass.end();
}
