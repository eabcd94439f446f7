import type { Gpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import { openEngine } from '../../gpu/engine';
import { KvError } from '../../gpu/errors';
import type { Memory } from '../../gpu/learned';
import { cancelled, pause, throwIfCancelled } from '../../gpu/load/cancel';
import type { ModelStore } from '../../gpu/load/store';
import { widenedTypes } from '../../gpu/model/weight-bytes';
import { createReference } from '../../gpu/reference/model';
import type { ModelSummary } from '../../gpu/run-types';
import type { Events, LoadedModel, ModelRef, Progress, StoredModel } from '../protocol';
import type { Maker } from './maker';
import { MOST_CPU_BYTES, onCpu, onGpu } from './maker';
import type { Model } from './model';
import { fetchModel, summaryOf } from './model';
import type { TableStore } from './table-store';
import { throttled } from './throttle';
import { warmUp } from './warm-up';

/** What the session gets from where it runs: a browser's worker, or Node. */
export interface SessionIo {
  openGpu(): Promise<Gpu>;
  openStore(): Promise<{ store: ModelStore | null; why: string }>;
  /** Where tables that a model taught outlive a visit; null or left out: nowhere. */
  openTables?(): TableStore | null;
  emit<E extends keyof Events>(event: E, data: Events[E]): void;
}

/** How often, and how far apart, a browser that just lost its device is asked for an adapter. */
const TRIES = 4;
const TRY_MS = 500;
/** A lost device makes calls fail a moment before it is known to be lost. */
const LOST_MS = 50;

/** The device and the model on it. */
export class Host {
  gpu: Gpu | null = null;
  model: Model | null = null;
  summary: ModelSummary | null = null;
  private engine: Engine | null = null;
  private maker: Maker | null = null;
  /** The visitor chose the reference engine, because there is no device. */
  cpu = false;
  private latest: Gpu | null = null;
  private opened: ReturnType<SessionIo['openStore']> | null = null;
  private readonly tables: TableStore | null;

  constructor(
    private readonly io: SessionIo,
    private readonly onLost: (reason: KvError) => void,
  ) {
    this.tables = io.openTables?.() ?? null;
  }

  store(): ReturnType<SessionIo['openStore']> {
    this.opened ??= this.io.openStore();
    return this.opened;
  }

  /** Models kept in this browser, and how much each has taught. */
  async stored(): Promise<StoredModel[]> {
    const { store } = await this.store();
    const [models, counts] = await Promise.all([store?.list() ?? [], this.tables?.counts()]);
    return models.map((model) => ({ ...model, learned: counts?.get(model.sha256) ?? 0 }));
  }

  /** Removes a kept model, and what it taught unless another copy of the same file is kept. Errors: storage. */
  async forget(id: string): Promise<void> {
    const { store } = await this.store();
    const gone = (await store?.list())?.find((model) => model.id === id);
    await store?.forget(id);
    if (gone && !(await store?.list())?.some(({ sha256 }) => sha256 === gone.sha256)) await this.unlearn(gone.sha256);
  }

  /** Forgets what a model, or the present one, has taught. */
  async unlearn(sha256 = this.model?.sha256): Promise<void> {
    if (sha256 === undefined) return;
    if (sha256 === this.model?.sha256) this.engine?.learned.clear();
    await this.tables?.forget(sha256);
  }

  /** Opens the device unless there is one. Errors: no-webgpu, no-adapter, limit. */
  async open(): Promise<Gpu> {
    if (this.gpu) return this.gpu;
    const gpu = await this.io.openGpu();
    this.gpu = gpu;
    this.latest = gpu;
    gpu.lost.then((reason) => {
      if (this.gpu !== gpu) return;
      this.gpu = null;
      this.engine = null;
      this.maker = null;
      this.onLost(reason);
    });
    return gpu;
  }

  /** The model, ready to run. Errors: usage when none is loaded, device-lost. */
  ready(): { model: Model; summary: ModelSummary; maker: Maker } {
    const { model, summary, maker } = this;
    if (!model || !summary) throw new KvError('usage', 'No model is loaded.', '', 'Load a model first.');
    if (!maker) {
      throw new KvError('device-lost', 'The graphics device is gone.', '', 'Try again, or reload the page.');
    }
    return { model, summary, maker };
  }

  /**
   * Puts a model in place of the present one. Until its bytes are here the present one stays as it is; `clear` is called before
   * its place on the GPU is given up. Errors: all of loading, out-of-memory, cancelled.
   */
  async load(ref: ModelRef, clear: () => void, signal?: AbortSignal): Promise<LoadedModel> {
    const started = performance.now();
    const gpu = this.cpu ? null : await this.open();
    const progress = throttled((at: Progress) => this.io.emit('progress', at));
    const { store, why } = await this.store();
    const model = await fetchModel(ref, {
      store,
      refused: why,
      most: gpu ? undefined : MOST_CPU_BYTES,
      progress,
      signal,
    });
    throwIfCancelled(signal);
    clear();
    this.clear();
    const weightBytes = gpu ? await this.upload(gpu, model, progress, signal) : await this.widen(model, signal);
    this.model = model;
    this.summary = summaryOf(model, weightBytes, performance.now() - started);
    this.notices(model, gpu !== null);
    return { model: this.summary, kept: model.kept, keptWhy: model.keptWhy };
  }

  private async upload(
    gpu: Gpu,
    model: Model,
    progress: (at: Progress) => void,
    signal?: AbortSignal,
  ): Promise<number> {
    const upload = (done: number, total: number) => progress({ phase: 'upload', done, total });
    const engine = await openEngine(gpu, model.file, { progress: upload, signal, memory: this.memoryOf(model) });
    try {
      await warmUp(engine, progress, signal);
      throwIfCancelled(signal);
    } catch (error) {
      engine.weights.buffers.destroy();
      throw error;
    }
    this.engine = engine;
    this.maker = onGpu(engine);
    return engine.weights.buffers.total();
  }

  private memoryOf({ sha256 }: Model): Memory | null {
    return this.tables?.of(sha256) ?? null;
  }

  /** The reference engine has every weight as a number of four bytes. */
  private async widen({ file }: Model, signal?: AbortSignal): Promise<number> {
    this.maker = onCpu(await createReference(file, signal));
    return [...file.tensors.values()].reduce((sum, { rows, cols }) => sum + 4 * rows * cols, 0);
  }

  /** After a lost device: a new one, and the model on it again. Null when no model had to be put back. */
  async restore(): Promise<Maker | null> {
    for (let tried = 1; !this.gpu; tried++) {
      try {
        await this.open();
      } catch (error) {
        if (tried === TRIES) throw error;
        await pause(TRY_MS);
      }
    }
    if (!this.model || this.engine) return null;
    this.engine = await openEngine(this.gpu, this.model.file, { memory: this.memoryOf(this.model) });
    this.maker = onGpu(this.engine);
    return this.maker;
  }

  /** The error as the page should see it: a cancelled call and a lost device show in many other ways first. */
  async explain(error: unknown, signal?: AbortSignal): Promise<unknown> {
    if (signal?.aborted) return cancelled();
    if (error instanceof KvError && error.code !== 'internal') return error;
    const lost = this.latest?.lost ?? null;
    return (await Promise.race([lost, pause(LOST_MS).then(() => null)])) ?? error;
  }

  /** Gives the device back; its end is no loss. */
  close(): void {
    const { gpu } = this;
    this.gpu = null;
    this.clear();
    gpu?.device.destroy();
  }

  private clear(): void {
    this.engine?.weights.buffers.destroy();
    Object.assign(this, { engine: null, maker: null, model: null, summary: null });
  }

  private notices({ file, kept, keptWhy }: Model, onDevice: boolean): void {
    const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
    if (!kept) this.io.emit('notice', { text: `The model is not kept in this browser. ${keptWhy}`.trim() });
    if (!onDevice) return;
    const { types, from, to } = widenedTypes(file);
    if (to <= from) return;
    const text = `${types.join(', ')} weights run as FP16: ${mb(from)} in the file, ${mb(to)} on the GPU.`;
    this.io.emit('notice', { text });
  }
}
