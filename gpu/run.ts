import { Buffers } from './buffers';
import { scoped } from './device';
import type { Engine } from './engine';
import { KvError } from './errors';
import type { Enqueued, ResultLayout } from './frame';
import { readFrame, resultLayout } from './frame';
import { logitsOps } from './kernels/logits';
import type { Op } from './kernels/op';
import { ceil, record } from './kernels/op';
import type { Step } from './kernels/step';
import { NO_TOKEN, stepWords, WAIT } from './kernels/step';
import { KvCache } from './kv/cache';
import { checkForModel } from './kv/check';
import type { CacheConfig, Move } from './kv/config';
import { shadowConfig } from './kv/config';
import { laneBytes } from './kv/lane-bytes';
import { moved } from './kv/moved';
import { SEGMENT } from './model/attention';
import { embedding, head, layer } from './model/forward';
import { Pass } from './model/pass';
import { sample } from './model/sample';
import { turnsTable } from './model/turns';
import { prefill } from './prefill';
import { Readback } from './readback';
import { checkSpec } from './run-check';
import type { Frame, LaneBytes, RunSpec } from './run-types';

export interface RunOptions {
  progress?: (layers: number, total: number) => void;
  signal?: AbortSignal;
}

/**
 * One run: a prompt, its lanes, and a frame per step. Step 0 comes out of the prefill; step s feeds the token at position
 * P - 1 + s. `advance` enqueues the next step and resolves with its frame; several may be in flight while the tokens do not
 * depend on the host. Buffers are sized by the cap (prompt + steps) once.
 */
export class Run {
  private static count = 0;
  readonly id = ++Run.count;
  readonly configs: CacheConfig[];
  readonly cap: number;
  /** Steps this run can have. */
  readonly steps: number;
  /** Lane that writes the text: the first lane, or the shadow when it is alone. */
  readonly driver: number;
  private readonly moves: Move[];
  private enqueued = 0;
  private selected = { layer: 0, head: 0 };

  private constructor(
    private readonly engine: Engine,
    readonly spec: RunSpec,
    private readonly buffers: Buffers,
    private readonly cache: KvCache,
    private readonly pass: Pass,
    private readonly decodeOps: Op[],
    private readonly headOps: Op[],
    private readonly encodeOps: Op[],
    private readonly out: { logits: GPUBuffer; result: GPUBuffer },
    private readonly readback: Readback,
    private readonly layout: ResultLayout,
  ) {
    this.configs = cache.configs;
    this.cap = cache.cap;
    this.steps = spec.forced ? spec.forced.length : spec.steps;
    this.driver = Math.min(1, spec.lanes.length);
    this.moves = [...spec.moves].sort((a, b) => a.step - b.step);
  }

  /** Allocates, compiles and takes the prompt through. Errors: bad-config, bad-prompt, context-overflow, out-of-memory. */
  static async create(engine: Engine, spec: RunSpec, options: RunOptions = {}): Promise<Run> {
    const { config: model } = engine.weights;
    const { device } = engine.gpu;
    checkSpec(spec, model.context, model.vocab);
    for (const config of spec.lanes) checkForModel(config, model.headDim);
    const f32Rows = spec.lanes.some((c) => c.k.codec === 'f32' || c.v.codec === 'f32');
    const shadow = shadowConfig();
    if (f32Rows) for (const side of [shadow.k, shadow.v]) Object.assign(side, { codec: 'f32', bits: 32 });
    const configs = [shadow, ...structuredClone(spec.lanes)];
    const lanes = configs.length;
    const cap = spec.prompt.length + (spec.forced?.length ?? spec.steps);
    const buffers = new Buffers(device);
    try {
      return await scoped(device, 'this run', async () => {
        const cache = new KvCache(buffers, model, configs, cap, spec.live);
        const turns = turnsTable(buffers, model, cap);
        const pass = new Pass(engine.kernels, buffers, model, cache, {
          rows: lanes,
          longRows: lanes,
          prefill: false,
          f32Rows,
          measure: spec.heads && lanes > 1,
          turns,
        });
        const layout = resultLayout(lanes, model.layers, model.heads, cap, pass.stats !== null);
        const logits = buffers.storage('logits', lanes * model.vocab, 'scratch');
        const result = buffers.storage('result', layout.records / 4, 'scratch');
        const io = { logits, tokens: pass.tokens, result, step: pass.step };
        const layers = (await Promise.all(engine.weights.layers.map((w, l) => layer(pass, w, l)))).flat();
        const decodeOps = [...(await embedding(pass, engine.weights)), ...layers];
        const headOps = [
          ...(await head(pass, engine.weights, logits)),
          ...(await logitsOps(engine.kernels, buffers, io, lanes, model.vocab)),
        ];
        const encodeOps = decodeOps.filter((op) => op.label === 'encode');
        const readback = new Readback(buffers, layout.total);
        await prefill(spec.prompt, { ...engine, cache, turns, f32Rows, hidden: pass.hidden, ...options });
        return new Run(
          engine,
          spec,
          buffers,
          cache,
          pass,
          decodeOps,
          headOps,
          encodeOps,
          { logits, result },
          readback,
          layout,
        );
      });
    } catch (error) {
      buffers.destroy();
      throw error;
    }
  }

  get done(): boolean {
    return this.enqueued >= this.steps;
  }

  get nextStep(): number {
    return this.enqueued;
  }

  /** Steps that may be in flight at once: sampling on the host and moves wait for each frame. */
  get depth(): number {
    return this.spec.decode.temperature > 0 && !this.spec.forced ? 1 : 2;
  }

  get gpuBytes(): number {
    return this.engine.weights.buffers.total() + this.buffers.total();
  }

  get loggedMoves(): readonly Move[] {
    return this.moves;
  }

  bytes(): LaneBytes[] {
    return this.cache.plans.map((plans) => laneBytes(plans, this.engine.weights.config).bytes);
  }

  select(at: { layer: number; head: number }): void {
    this.selected = at;
  }

  /** Logs a move that takes hold before the next step. Errors: bad-config. */
  move(change: Omit<Move, 'step'>): Move {
    if (!this.spec.live) throw new KvError('bad-config', 'This run was started without room for moves.');
    const move = { ...change, step: Math.max(1, this.enqueued) };
    moved(this.configs, move);
    this.moves.push(move);
    return move;
  }

  /** Enqueues one step and resolves with its frame. */
  async advance(): Promise<Frame> {
    const step = this.enqueued++;
    const started = performance.now();
    const staging = await this.readback.take();
    const { device } = this.engine.gpu;
    const encoder = device.createCommandEncoder();
    const at = this.stepAt(step);
    if (step > 0) this.applyMoves(step);
    if (step > 0) at.ops = this.cache.append((lane) => lane);
    device.queue.writeBuffer(this.pass.step, 0, stepWords(at));
    record(encoder, step > 0 ? [...this.decodeOps, ...this.headOps] : this.headOps, at);
    const measured = step > 0 && this.pass.stats !== null;
    this.copyResults(encoder, staging, measured ? at.base + 1 : 0);
    device.queue.submit([encoder.finish()]);
    const { selected } = this;
    const bytes = this.cache.plans.map((plans) => laneBytes(plans, this.engine.weights.config));
    const info: Enqueued = {
      run: this.id,
      step,
      position: at.base,
      lanes: this.configs.length,
      selected,
      bytes,
      started,
    };
    const submitted = performance.now();
    const data = await this.readback.read(staging, measured ? this.layout.total : this.layout.records);
    const frame = readFrame(
      data,
      this.layout,
      info,
      this.cap,
      measured ? at.base + 1 : 0,
      performance.now() - submitted,
    );
    if (at.next === WAIT) await this.choose(frame);
    return frame;
  }

  /** All logits of the step whose frame was the last to be enqueued: [lanes][V]. */
  async logits(): Promise<Float32Array> {
    const { size } = this.out.logits;
    const { device } = this.engine.gpu;
    const staging = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.out.logits, 0, staging, 0, size);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const copy = new Float32Array(staging.getMappedRange().slice(0));
    staging.destroy();
    return copy;
  }

  destroy(): void {
    this.buffers.destroy();
  }

  private stepAt(step: number): Step {
    const base = this.spec.prompt.length - 1 + step;
    const lanes = this.configs.length;
    const sampled = this.spec.decode.temperature > 0;
    return {
      n: 1,
      streams: lanes,
      base,
      rowStride: 1,
      rowOffset: 0,
      cap: this.cap,
      segments: ceil(base + 1, SEGMENT),
      selected: this.selected,
      next: this.spec.forced ? this.spec.forced[step] : sampled ? WAIT : NO_TOKEN,
      freeRunning: this.spec.mode === 'free-running' && !this.spec.forced,
      driver: this.driver,
      freshRows: lanes,
      lanes,
      ops: [],
      streamLane: this.configs.map((_, lane) => lane),
    };
  }

  /** Moves of this step: a changed width opens a new class, or the whole cache is coded anew first. */
  private applyMoves(step: number): void {
    const { device } = this.engine.gpu;
    for (const move of this.moves.filter((m) => m.step === step)) {
      moved(this.configs, move);
      const s = move.field === 'k' ? 0 : 1;
      const side = this.configs[move.lane][move.field];
      const ranges = this.cache.move(move.lane, s, side, move.scope);
      if (!ranges) continue;
      device.queue.writeBuffer(this.pass.step, 0, stepWords({ ...this.stepAt(step), ops: ranges }));
      const encoder = device.createCommandEncoder();
      record(encoder, this.encodeOps, { ...this.stepAt(step), ops: ranges });
      device.queue.submit([encoder.finish()]);
    }
  }

  private copyResults(encoder: GPUCommandEncoder, staging: GPUBuffer, keys: number): void {
    const { records, heads } = this.layout;
    encoder.copyBufferToBuffer(this.out.result, 0, staging, 0, records);
    if (keys === 0 || !this.pass.stats) return;
    if (heads > 0) encoder.copyBufferToBuffer(this.pass.stats.values, 0, staging, records, heads);
    for (let lane = 0; lane < this.configs.length; lane++) {
      const at = lane * this.cap * 4;
      encoder.copyBufferToBuffer(this.pass.stats.row, at, staging, records + heads + at, keys * 4);
    }
  }

  /** Samples the next tokens on the host and completes the frame with their probabilities. */
  private async choose(frame: Frame): Promise<void> {
    const logits = await this.logits();
    const { vocab } = this.engine.weights.config;
    const rows = this.configs.map((_, lane) => logits.subarray(lane * vocab, (lane + 1) * vocab));
    const pick = (row: Float32Array) => sample(row, this.spec.decode, frame.step);
    const own = this.spec.mode === 'free-running';
    const driver = pick(rows[this.driver]);
    const tokens = rows.map((row) => (own ? pick(row) : driver));
    this.engine.gpu.device.queue.writeBuffer(this.pass.tokens, 0, Uint32Array.from(tokens));
    const logp = (row: Float32Array, token: number, lane: number) => {
      const top = frame.lanes[lane].top[0];
      return row[token] - row[top.id] + top.logp;
    };
    const shadow = Math.exp(logp(rows[0], tokens[0], 0));
    for (const [lane, row] of rows.entries()) {
      const here = logp(row, tokens[lane], lane);
      Object.assign(frame.lanes[lane], { token: tokens[lane], nll: -here, dp: Math.exp(here) - shadow });
    }
    frame.token = tokens[0];
  }
}
