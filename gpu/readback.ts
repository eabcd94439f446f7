import type { Buffers } from './buffers';

interface Waiting {
  resolve(buffer: GPUBuffer): void;
  reject(error: Error): void;
}

/** Staging buffers in rotation: one step's results are mapped while the next step runs. */
export class Readback {
  private readonly free: GPUBuffer[] = [];
  private made = 0;
  private readonly waiting: Waiting[] = [];

  constructor(
    private readonly buffers: Buffers,
    private readonly bytes: number,
    private readonly depth = 3,
  ) {}

  /** A staging buffer that nothing uses; waits when all are in flight. */
  take(): Promise<GPUBuffer> | GPUBuffer {
    const buffer = this.free.pop();
    if (buffer) return buffer;
    if (this.made < this.depth) return this.buffers.readback(`staging${this.made++}`, this.bytes);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  /** Copies out the first `bytes` once the GPU is done, and returns the buffer to the rotation. */
  async read(buffer: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
    await buffer.mapAsync(GPUMapMode.READ, 0, bytes);
    const copy = buffer.getMappedRange(0, bytes).slice(0);
    buffer.unmap();
    const next = this.waiting.shift();
    if (next) next.resolve(buffer);
    else this.free.push(buffer);
    return copy;
  }

  /** Whoever waits for a buffer gets the error instead; reads in flight fail when their buffers are destroyed. */
  close(error: Error): void {
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}
