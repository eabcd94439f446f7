import { copyResults } from './copy-results';
import type { Engine } from './engine';
import { KvError } from './errors';
import { evictAfter, sortAfter } from './evict-step';
import type { Enqueued } from './frame';
import { readFrame } from './frame';
import { ceil, record } from './kernels/op';
import type { Step } from './kernels/step';
import { NO_TOKEN, stepWords, WAIT } from './kernels/step';
import { SIDES } from './kv/cache-types';
import type { CacheConfig, Move } from './kv/config';
import type { Decisions } from './kv/decisions';
import { decisionsOf } from './kv/decisions';
import { laneBytes } from './kv/lane-bytes';
import { moved } from './kv/moved';
import type { SidePlan } from './kv/side-plan';
import type { Origin } from './learned';
import { cancelled } from './load/cancel';
import { SEGMENT } from './model/attention';
import type { Profile } from './model/profile';
import { readRange } from './read-range';
import { drawTokens, setTokens } from './run-choose';
import { rowAgain, rowsStand } from './run-row';
import type { RunParts, SetupOptions } from './run-setup';
import { prepareRun } from './run-setup';
import type { AttentionRow, Frame, LaneBytes, RunSpec } from './run-types';
import { shadowRows } from './shadow-rows';

export interface RunOptions extends SetupOptions {
  /** Tokens fed after each step, [step][lane], instead of chosen ones: takes a run up again where it was lost. */
  replay?: readonly number[][];
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
  /** How many of `moves` the cache has taken. */
  private applied = 0;
  private lastFrame = 0;
  private enqueued = 0;
  /** Why the run is over for good. */
  private gone: KvError | null = null;
  private selected = { layer: 0, head: 0 };

  private constructor(
    private readonly engine: Engine,
    readonly spec: RunSpec,
    private readonly parts: RunParts,
    private readonly replay: readonly number[][],
  ) {
    this.configs = parts.cache.configs;
    this.cap = parts.cache.cap;
    this.steps = spec.forced ? spec.forced.length : spec.steps;
    this.driver = Math.min(1, spec.lanes.length);
    this.moves = inOrder(spec.moves);
  }

  /** Allocates, compiles and takes the prompt through; see `prepareRun` for the errors. */
  static async create(engine: Engine, spec: RunSpec, options: RunOptions = {}): Promise<Run> {
    return new Run(engine, spec, await prepareRun(engine, spec, options), options.replay ?? []);
  }

  get done(): boolean {
    return this.enqueued >= this.steps;
  }

  get nextStep(): number {
    return this.enqueued;
  }

  /** Steps that may be in flight at once: sampling on the host and moves wait for each frame. */
  get depth(): number {
    return this.stepAt(this.enqueued).next === WAIT || this.parts.cache.evictions.waits ? 1 : 2;
  }

  get gpuBytes(): number {
    return this.engine.weights.buffers.total() + this.parts.buffers.total();
  }

  /** Where tables that its lanes learned beforehand come from. */
  get learned(): Origin | undefined {
    return this.parts.learned;
  }

  get loggedMoves(): readonly Move[] {
    return this.moves;
  }

  bytes(): LaneBytes[] {
    return this.parts.cache.plans.map((plans) => laneBytes(plans, this.engine.weights.config).bytes);
  }

  /** What the policies of lane `lane` have decided so far. */
  decisions(lane: number): Decisions {
    const { cache } = this.parts;
    const eviction = cache.evictions.lanes.find((one) => one.lane === lane);
    return decisionsOf(this.configs[lane], cache.model.layers, cache.plans[lane], eviction);
  }

  select(at: { layer: number; head: number }): void {
    this.selected = at;
  }

  /** Logs a move that takes hold before the next step. Errors: bad-config. */
  move(change: Omit<Move, 'step'>): Move {
    if (!this.spec.live) throw new KvError('bad-config', 'This run was started without room for moves.');
    if (this.done) throw new KvError('bad-config', 'The run is over; there is no next step to change.');
    const move = { ...change, step: Math.max(1, this.enqueued) };
    const side = SIDES.indexOf(move.field);
    moved(structuredClone(this.configs), move);
    const isSame = (m: Move) => m.lane === move.lane && m.field === move.field;
    // A later word on the same side replaces one that has not been taken yet.
    const others = this.moves.filter((m, i) => i < this.applied || m.step !== move.step || !isSame(m));
    const waiting = others.slice(this.applied).filter(isSame);
    (this.parts.cache.plans[move.lane][side] as SidePlan).checkScopes([...waiting, move].map((m) => m.scope));
    this.moves.splice(0, this.moves.length, ...inOrder([...others, move]));
    return move;
  }

  /**
   * Enqueues one step and resolves with its frame. `profile` takes GPU times of its parts.
   * Rejects with 'cancelled' when the run is destroyed meanwhile.
   */
  async advance(profile?: Profile): Promise<Frame> {
    try {
      return await this.compute(this.enqueued++, profile);
    } catch (error) {
      throw this.gone ?? error;
    }
  }

  private async compute(step: number, profile?: Profile): Promise<Frame> {
    if (this.gone) throw this.gone;
    const { readback, layout, pass, cache, decodeOps, headOps } = this.parts;
    const started = performance.now();
    const staging = await readback.take();
    if (this.gone) throw this.gone;
    const { device } = this.engine.gpu;
    const encoder = device.createCommandEncoder();
    const at = this.stepAt(step);
    if (step > 0) this.applyMoves(step);
    if (step > 0) Object.assign(at, { ops: cache.append((lane) => lane), shifts: cache.shifts() });
    device.queue.writeBuffer(pass.step, 0, stepWords(at));
    const ops = step > 0 ? [...decodeOps, ...headOps] : headOps;
    if (profile) profile.record(encoder, ops, at);
    else record(encoder, ops, at);
    const keys = step > 0 && pass.stats !== null ? at.base + 1 : 0;
    copyResults(encoder, this.parts, staging, keys);
    device.queue.submit([encoder.finish()]);
    const info: Enqueued = {
      run: this.id,
      step,
      position: at.base,
      lanes: this.configs.length,
      selected: at.selected,
      bytes: cache.plans.map((plans) => laneBytes(plans, this.engine.weights.config)),
    };
    const host = performance.now() - started;
    const data = await readback.read(staging, keys > 0 ? layout.total : layout.records);
    const now = performance.now();
    const ms = { step: now - Math.max(started, this.lastFrame), host };
    this.lastFrame = now;
    const frame = readFrame(data, layout, info, this.cap, keys, ms);
    if (at.next === WAIT) await this.choose(frame);
    if (step > 0) await this.actAfter(step, frame);
    return frame;
  }

  /** Policies that look at what a step has measured decide, and the frame counts what is left. */
  private async actAfter(step: number, frame: Frame): Promise<void> {
    const { cache } = this.parts;
    const { device } = this.engine.gpu;
    await sortAfter(device, cache, step);
    for (const lane of await evictAfter(device, cache, step))
      Object.assign(frame.lanes[lane], laneBytes(cache.plans[lane], cache.model));
  }

  /** Milliseconds to bring one step's results back from an idle GPU. */
  async readbackMs(): Promise<number> {
    const { readback, layout, pass } = this.parts;
    const { device } = this.engine.gpu;
    const staging = await readback.take();
    await device.queue.onSubmittedWorkDone();
    const started = performance.now();
    const encoder = device.createCommandEncoder();
    copyResults(encoder, this.parts, staging, pass.stats ? 1 : 0);
    device.queue.submit([encoder.finish()]);
    await readback.read(staging, layout.total);
    return performance.now() - started;
  }

  /**
   * The row of any head at a step that is over, bit for bit as its frame would have carried it; null where the cache has changed
   * since, or the step has no row. `fed` = its tokens by lane. Not while steps are in flight.
   */
  async row(step: number, head: { layer: number; head: number }, fed: readonly number[]): Promise<AttentionRow | null> {
    if (this.gone) throw this.gone;
    const isNewest = step === this.enqueued - 1;
    const stands = rowsStand(this.configs) && !this.moves.slice(0, this.applied).some((move) => move.step > step);
    if (step < 1 || step >= this.enqueued || !this.parts.pass.stats || !(isNewest || stands)) return null;
    return rowAgain(this.engine, this.parts, { ...this.stepAt(step), selected: head }, fed);
  }

  /** All logits of the step whose frame was the last to be enqueued: [lanes][V]. */
  async logits(): Promise<Float32Array> {
    if (this.gone) throw this.gone;
    const { logits } = this.parts;
    return new Float32Array(await readRange(this.engine.gpu.device, logits, 0, logits.size));
  }

  /** Keys (side 0) or values (side 1) of the shadow in one layer, as its cache holds them: [tokens][KV heads][D]. */
  shadowRows(layer: number, side: number): Promise<Float32Array> {
    if (this.gone) throw this.gone;
    return shadowRows(this.engine.gpu.device, this.parts.cache, layer, side);
  }

  /** Frees everything, at any time: steps in flight reject with 'cancelled'. */
  destroy(): void {
    this.gone ??= cancelled();
    this.parts.readback.close(this.gone);
    this.parts.buffers.destroy();
  }

  private stepAt(step: number): Step {
    const base = this.spec.prompt.length - 1 + step;
    const lanes = this.configs.length;
    return {
      n: 1,
      streams: lanes,
      base,
      rowStride: 1,
      rowOffset: 0,
      cap: this.cap,
      segments: ceil(base + 1, SEGMENT),
      selected: this.selected,
      next: this.nextAt(step),
      freeRunning: this.spec.mode === 'free-running' && !this.spec.forced,
      driver: this.driver,
      freshRows: lanes,
      lanes,
      ops: [],
      streamLane: this.configs.map((_, lane) => lane),
      tables: this.parts.cache.tables,
    };
  }

  /** What the GPU is told of the token after `step`; WAIT where the host writes the tokens itself. */
  private nextAt(step: number): number {
    const { forced, mode, decode } = this.spec;
    if (forced) return forced[step] ?? NO_TOKEN;
    const known = this.replay[step];
    if (known && mode === 'same-prefix') return known[0];
    return known || decode.temperature > 0 ? WAIT : NO_TOKEN;
  }

  /** Moves due by this step: a changed width opens a new class, or the whole cache is coded anew first. */
  private applyMoves(step: number): void {
    const { device } = this.engine.gpu;
    const { cache, pass, encodeOps } = this.parts;
    for (; this.moves[this.applied]?.step <= step; this.applied++) {
      const move = this.moves[this.applied];
      moved(this.configs, move);
      const ranges = cache.move(move.lane, SIDES.indexOf(move.field), move.scope);
      if (!ranges) continue;
      const at = { ...this.stepAt(step), ops: ranges };
      device.queue.writeBuffer(pass.step, 0, stepWords(at));
      const encoder = device.createCommandEncoder();
      record(encoder, encodeOps, at);
      device.queue.submit([encoder.finish()]);
    }
  }

  /** Chooses the next tokens on the host and completes the frame with their probabilities. */
  private async choose(frame: Frame): Promise<void> {
    const logits = await this.logits();
    const tokens = this.replay[frame.step] ?? drawTokens(logits, this.spec, this.driver, frame.step);
    this.engine.gpu.device.queue.writeBuffer(this.parts.pass.tokens, 0, Uint32Array.from(tokens));
    setTokens(frame, tokens, logits);
  }
}

const inOrder = (moves: readonly Move[]): Move[] => [...moves].sort((a, b) => a.step - b.step);
