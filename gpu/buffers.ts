import { KvError } from './errors';

/** Who a buffer belongs to: the memory bar and the budget speak in these words. */
export type Owner = 'weights' | 'cache' | 'tables' | 'originals' | 'scratch' | 'staging';

/** Every GPU buffer of an engine or a run, with its bytes by owner; destroyed together. */
export class Buffers {
  private readonly all = new Set<GPUBuffer>();
  private readonly bytes = new Map<Owner, number>();

  constructor(readonly device: GPUDevice) {}

  /** A storage buffer of `words` 32-bit words (at least 4), zeroed by WebGPU. Errors: limit. */
  storage(label: string, words: number, owner: Owner): GPUBuffer {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC;
    const most = this.device.limits.maxStorageBufferBindingSize;
    if (words * 4 > most) {
      const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
      throw new KvError(
        'limit',
        `One buffer of this run (${label}) would need ${mb(words * 4)}.`,
        `This adapter binds at most ${mb(most)} at once.`,
        'Ask for fewer lanes, a shorter prompt or fewer steps.',
      );
    }
    return this.make(label, Math.max(4, words) * 4, usage, owner);
  }

  uniform(label: string, bytes: number, owner: Owner = 'scratch'): GPUBuffer {
    return this.make(label, Math.ceil(bytes / 16) * 16, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST, owner);
  }

  readback(label: string, bytes: number): GPUBuffer {
    return this.make(label, bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST, 'staging');
  }

  /** Bytes allocated for one owner, or in all. */
  total(owner?: Owner): number {
    if (owner) return this.bytes.get(owner) ?? 0;
    let sum = 0;
    for (const n of this.bytes.values()) sum += n;
    return sum;
  }

  destroy(): void {
    for (const b of this.all) b.destroy();
    this.all.clear();
    this.bytes.clear();
  }

  private make(label: string, size: number, usage: number, owner: Owner): GPUBuffer {
    const buffer = this.device.createBuffer({ label, size, usage });
    this.all.add(buffer);
    this.bytes.set(owner, (this.bytes.get(owner) ?? 0) + size);
    return buffer;
  }
}
