import { KvError } from '../../gpu/errors';
import type { Move } from '../../gpu/kv/config';
import type { Tokenizer } from '../../gpu/load/types';
import { watchOf } from '../../gpu/measure/text-watch';
import type { Watch } from '../../gpu/measure/watch';
import type { RunOptions } from '../../gpu/run';
import { Paths } from '../../gpu/run-paths';
import type { AttentionRow, Frame, RunSpec } from '../../gpu/run-types';
import { HeadMeans } from '../eval/head-means';
import type { LaneDecisions, RunState, WireFrame } from '../protocol';
import type { Maker, Stepper } from './maker';
import { Wire } from './wire';

/** Steps slower than this gain nothing from a second one in flight, and answer to pause and moves a step sooner without. */
const SLOW_MS = 100;

export interface LiveIo {
  /** The number the page knows the run by; it outlives rewinding and a lost device. */
  id: number;
  tokenizer: Tokenizer;
  emit: (frame: WireFrame) => void;
  selected: () => { layer: number; head: number };
}

/** The run that the page plays: one that can be paused, rewound, and rebuilt on another device. */
export class LiveRun {
  /** Frames so far without their heavy parts. */
  frames: Frame[] = [];
  heads!: HeadMeans;
  watch!: Watch;
  stepMs: number[] = [];
  reason: RunState['reason'] = null;
  private run!: Stepper;
  /** Tokens fed after each step, [step][lane]. */
  private fed: number[][] = [];
  private paths!: Paths;
  private wire!: Wire;
  private broken: unknown = null;
  private rebuilding = false;

  private constructor(
    readonly spec: RunSpec,
    private readonly io: LiveIo,
  ) {}

  /** Takes the prompt through and shows step 0. Errors as `Run.create`; nothing stays allocated after one. */
  static async start(maker: Maker, spec: RunSpec, io: LiveIo, options: RunOptions): Promise<LiveRun> {
    const live = new LiveRun(spec, io);
    await live.begin(maker, spec, options);
    return live;
  }

  get id(): number {
    return this.io.id;
  }

  get step(): number {
    return this.frames.length - 1;
  }

  get current(): Stepper {
    return this.run;
  }

  /** Back to step 0; logged moves stay and are made again at their steps. */
  async rewind(maker: Maker, options: RunOptions): Promise<void> {
    this.run.destroy();
    await this.begin(maker, { ...this.spec, moves: [...this.run.loggedMoves] }, options);
  }

  /** The same run on a new device: the prompt, then the tokens so far with the moves at their steps. Frames shown stay. */
  async rebuild(maker: Maker, options: RunOptions): Promise<void> {
    this.rebuilding = true;
    try {
      this.run.destroy();
      const spec = { ...this.spec, moves: [...this.run.loggedMoves] };
      this.run = await maker.create(spec, { ...options, replay: this.fed });
      this.run.select(this.io.selected());
      while (this.run.nextStep < this.frames.length) await this.run.advance();
      this.broken = null;
    } finally {
      this.rebuilding = false;
    }
  }

  /** Computes on until the end, `until`, or an abort, after which at most the steps in flight still come. */
  async play(until: number, signal: AbortSignal): Promise<void> {
    if (this.broken) throw this.broken;
    const flying: Promise<Frame>[] = [];
    let before = performance.now();
    try {
      while (!this.reason) {
        while (!signal.aborted && !this.run.done && this.run.nextStep <= until && flying.length < this.depth) {
          const next = this.run.advance();
          // Steps behind one that fails are not waited for.
          next.catch(() => {});
          flying.push(next);
        }
        const next = flying.shift();
        if (!next) break;
        const frame = await next;
        const now = performance.now();
        if (frame.step > 0) this.stepMs.push(now - before);
        before = now;
        this.take(frame);
      }
    } catch (error) {
      this.broken = error;
      throw error;
    } finally {
      await Promise.allSettled(flying);
    }
  }

  move(change: Omit<Move, 'step'>): Move {
    if (this.rebuilding || this.broken) {
      throw new KvError(
        'device-lost',
        'The run is not ready for moves.',
        '',
        'Wait until it is rebuilt, or rewind it.',
      );
    }
    if (this.reason) throw new KvError('bad-config', 'The run is over; there is no next step to change.');
    return this.run.move(change);
  }

  select(at: { layer: number; head: number }): void {
    this.run.select(at);
  }

  /** The row of any head at a step so far; null where it cannot be had exactly. */
  async row(step: number, head: { layer: number; head: number }): Promise<AttentionRow | null> {
    if (this.broken) throw this.broken;
    return step >= 1 && step <= this.step ? this.run.row(step, head, this.fed[step - 1]) : null;
  }

  decisions(lane: number): LaneDecisions {
    const { step } = this;
    return { step, tokens: this.spec.prompt.length + step, decisions: this.run.decisions(lane) };
  }

  destroy(): void {
    this.run.destroy();
  }

  private get depth(): number {
    return (this.stepMs.at(-1) ?? SLOW_MS) >= SLOW_MS ? 1 : this.run.depth;
  }

  private async begin(maker: Maker, spec: RunSpec, options: RunOptions): Promise<void> {
    const run = await maker.create(spec, options);
    try {
      run.select(this.io.selected());
      const first = await run.advance();
      const { layers, heads } = maker;
      this.run = run;
      this.heads = new HeadMeans(layers, heads);
      this.watch = watchOf(spec, maker, this.io.tokenizer);
      this.paths = new Paths(spec);
      this.wire = new Wire(this.io.tokenizer, run.configs.length);
      Object.assign(this, { frames: [], fed: [], stepMs: [], reason: null, broken: null });
      this.take(first);
    } catch (error) {
      run.destroy();
      throw error;
    }
  }

  private take(frame: Frame): void {
    this.fed.push(frame.lanes.map(({ token }) => token));
    const stopped = this.paths.take(frame);
    this.heads.take(frame);
    this.frames.push({ ...frame, heads: new Float32Array(0), row: null });
    if (stopped) this.reason = 'stop';
    else if (frame.step === this.run.steps - 1) this.reason = this.spec.forced ? 'text' : 'steps';
    const wired = this.wire.frame(frame, this.io.id, this.reason !== null);
    for (const move of this.run.loggedMoves) if (move.step === frame.step) this.watch.restart(move.lane);
    this.watch.take(wired);
    this.io.emit(wired);
  }
}
