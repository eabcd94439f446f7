import { Buffers } from '../../../gpu/buffers';
import type { Gpu } from '../../../gpu/device';
import { Kernels } from '../../../gpu/kernel';
import type { Op } from '../../../gpu/kernels/op';
import { record } from '../../../gpu/kernels/op';
import type { Step } from '../../../gpu/kernels/step';
import { STEP_BYTES, stepWords } from '../../../gpu/kernels/step';
import type { Consts } from '../../../gpu/template';
import { readBuffer } from '../read-buffer';
import { step } from '../step';

/** What a kernel must leave alone. As f32 a large odd number, so that reading it shows too. */
export const SENTINEL = 0x4b5eadbe;

/** One device with kernels and buffers, for kernels on their own. */
export class Bench {
  readonly kernels: Kernels;
  readonly buffers: Buffers;
  readonly step: GPUBuffer;

  constructor(readonly gpu: Gpu) {
    this.kernels = new Kernels(gpu);
    this.buffers = new Buffers(gpu.device);
    this.step = this.buffers.uniform('step', STEP_BYTES);
  }

  /** A buffer with these words, and `spare` sentinels behind them. */
  put(data: Float32Array | Uint32Array, spare = 0): GPUBuffer {
    const words = new Uint32Array(Math.max(4, data.length + spare)).fill(SENTINEL);
    words.set(new Uint32Array(data.buffer, data.byteOffset, data.length));
    const buffer = this.buffers.storage('test', words.length, 'scratch');
    this.gpu.device.queue.writeBuffer(buffer, 0, words);
    return buffer;
  }

  uniform(words: number[]): GPUBuffer {
    const buffer = this.buffers.uniform('params', 16);
    this.gpu.device.queue.writeBuffer(buffer, 0, Uint32Array.from(words));
    return buffer;
  }

  /** One dispatch of a kernel text. */
  op(source: string, consts: Consts, parts: string[], bound: Record<string, GPUBuffer>, groups: number[]): Op {
    const kernel = this.kernels.get('test', source, consts, parts);
    const bindGroup = kernel.bind({ step: this.step, ...bound });
    return { label: 'test', kind: 'other', kernel, bindGroup, groups: () => groups as [number] };
  }

  async run(ops: Op[], at: Partial<Step> = {}): Promise<void> {
    await this.kernels.ready();
    const { queue } = this.gpu.device;
    queue.writeBuffer(this.step, 0, stepWords(step(at)));
    const encoder = this.gpu.device.createCommandEncoder();
    record(encoder, ops, step(at));
    queue.submit([encoder.finish()]);
  }

  async floats(buffer: GPUBuffer): Promise<Float32Array> {
    return new Float32Array(await readBuffer(this.gpu.device, buffer));
  }

  async words(buffer: GPUBuffer): Promise<Uint32Array> {
    return new Uint32Array(await readBuffer(this.gpu.device, buffer));
  }
}

/** True when everything from `first` on is untouched. */
export const untouched = (data: Float32Array, first: number): boolean =>
  new Uint32Array(data.buffer, first * 4).every((word) => word === SENTINEL);
