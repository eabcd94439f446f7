import type { Gpu } from '../device';
import type { Kind, Op } from '../kernels/op';
import { record } from '../kernels/op';
import type { Step } from '../kernels/step';

export type Split = Record<Kind, number>;

/**
 * Measures where the GPU time of a step goes: neighbouring ops of one kind share a pass with its own pair of timestamps.
 * Passes cost a little, so a profiled step is slower than a plain one; its shares are what counts.
 */
export class Profile {
  private readonly groups: { kind: Kind; ops: Op[] }[] = [];
  private queries: GPUQuerySet | null = null;

  constructor(private readonly gpu: Gpu) {}

  record(encoder: GPUCommandEncoder, ops: readonly Op[], step: Step): void {
    for (const op of ops) {
      const last = this.groups.at(-1);
      if (last?.kind === op.kind) last.ops.push(op);
      else this.groups.push({ kind: op.kind, ops: [op] });
    }
    this.queries = this.gpu.device.createQuerySet({ type: 'timestamp', count: this.groups.length * 2 });
    for (const [i, { ops: members }] of this.groups.entries()) {
      const stamps = { querySet: this.queries, beginningOfPassWriteIndex: 2 * i, endOfPassWriteIndex: 2 * i + 1 };
      record(encoder, members, step, stamps);
    }
  }

  /** Milliseconds by kind; call after the step was submitted. */
  async read(): Promise<Split> {
    const split: Split = { matmul: 0, attention: 0, measure: 0, other: 0 };
    if (!this.queries) return split;
    const { device } = this.gpu;
    const size = this.groups.length * 16;
    const resolved = device.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
    const staging = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    const encoder = device.createCommandEncoder();
    encoder.resolveQuerySet(this.queries, 0, this.groups.length * 2, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, staging, 0, size);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const stamps = new BigUint64Array(staging.getMappedRange());
    for (const [i, { kind }] of this.groups.entries()) split[kind] += Number(stamps[2 * i + 1] - stamps[2 * i]) / 1e6;
    for (const buffer of [resolved, staging, this.queries]) buffer.destroy();
    return split;
  }
}
