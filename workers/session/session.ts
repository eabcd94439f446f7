import { KvError, toPlain } from '../../gpu/errors';
import type { LabModel } from '../../gpu/lab/experiment';
import { estimate } from '../../gpu/load/quota';
import type { AdapterSummary, RunSpec } from '../../gpu/run-types';
import { withCalibration } from '../calibration';
import { planLab, runPass } from '../lab/lab';
import type { Calls, RunInfo, RunState, WireFrame } from '../protocol';
import type { Handlers } from '../rpc';
import { tokenizePrompt } from '../tokenize';
import type { SessionIo } from './host';
import { Host } from './host';
import { inspectModel } from './inspect';
import { inspectForCpu } from './inspect-cpu';
import { LiveRun } from './live-run';
import { CPU } from './maker';
import { Queue } from './queue';
import { reportOf } from './report';
import { throttled, throttledShare } from './throttle';

/** Devices that may be lost one after the other without a step between them. */
const MOST_LOSSES = 3;

/**
 * Answers the page's calls. What computes or allocates takes turns in a queue; pause, moves, selection and reports never wait for
 * it. Asking for anything in the queue first lets a run that plays come to rest.
 */
export class Session {
  private readonly host: Host;
  private readonly queue = new Queue();
  private readonly plays = new Map<AbortController, Promise<unknown>>();
  private live: LiveRun | null = null;
  private prefillMs = 0;
  private runs = 0;
  private losses = 0;
  private selected = { layer: 0, head: 0 };

  constructor(private readonly io: SessionIo) {
    this.host = new Host(io, (reason) => this.recover(reason));
  }

  readonly calls: Handlers = {
    hello: (how, signal) =>
      this.turn(async () => {
        this.host.cpu = how?.cpu ?? false;
        const adapter = this.host.cpu ? CPU : await this.device();
        const { store } = await this.host.store();
        return { adapter, storage: { opfs: store !== null, ...(await estimate()) } };
      }, signal),
    load: (ref, signal) => {
      this.halt();
      return this.turn(() => this.host.load(ref, () => this.drop(), signal), signal);
    },
    inspect: async (question, signal) => {
      const { store } = await this.host.store();
      if (this.host.cpu) return inspectForCpu(question, store, signal);
      const { adapter } = this.host.gpu ?? (await this.turn(() => this.host.open()));
      return inspectModel(question, adapter, store, signal);
    },
    stored: () => this.host.stored(),
    forget: (id) => this.host.forget(id),
    unlearn: () => this.host.unlearn(),
    tokenize: (question) => tokenizePrompt(this.host.ready().model.tokenizer, question),
    start: (spec, signal) => {
      this.halt();
      return this.turn(() => this.start(spec, signal), signal);
    },
    play: ({ until = Number.POSITIVE_INFINITY }, signal) => {
      const stop = new AbortController();
      signal?.addEventListener('abort', () => stop.abort(), { once: true });
      const playing = this.turn(() => this.play(until, stop.signal)).finally(() => this.plays.delete(stop));
      this.plays.set(stop, playing);
      return playing;
    },
    pause: async () => {
      this.halt();
      await Promise.allSettled(this.plays.values());
      return { step: this.live?.step ?? 0 };
    },
    step: (_, signal) => {
      this.halt();
      return this.turn(() => this.play(this.run().step + 1, new AbortController().signal, false), signal);
    },
    rewind: (_, signal) => {
      this.halt();
      return this.turn(() => this.rewind(signal), signal);
    },
    stop: () => {
      this.halt();
      return this.turn(async () => this.drop());
    },
    move: (change) => this.run().move(change),
    select: (head) => {
      this.selected = head;
      this.live?.select(head);
    },
    row: ({ run, step, layer, head }, signal) =>
      this.turn(async () => (this.live?.id === run ? this.live.row(step, { layer, head }) : null), signal),
    decisions: ({ run, lane }) => (this.live?.id === run ? this.live.decisions(lane) : null),
    report: () => {
      const live = this.run();
      const { model, summary, maker } = this.host.ready();
      const text = (ids: number[]) => (ids.length ? model.tokenizer.decode(ids) : '');
      return reportOf(live, summary, maker.adapter, this.prefillMs, text);
    },
    plan: ({ experiment, settings }) => planLab(experiment, settings, this.labModel()),
    pass: ({ plan, pass, given }, signal) => {
      this.halt();
      return this.turn(async () => {
        const started = performance.now();
        const { experiment } = plan;
        const tell = throttledShare((share) => this.io.emit('lab', { experiment, pass, share }));
        const work = { maker: this.host.ready().maker, model: this.labModel(), progress: tell, signal };
        const rows = await runPass(plan, pass, given, work);
        return { rows, ms: performance.now() - started };
      }, signal);
    },
  };

  /** Ends the session after what is under way, and frees the device. */
  close(): Promise<void> {
    this.halt();
    return this.turn(async () => {
      this.drop();
      this.host.close();
    });
  }

  private async start(wanted: RunSpec, signal?: AbortSignal): Promise<RunInfo> {
    const { model, maker } = this.host.ready();
    const stops = wanted.stops.length || wanted.forced ? wanted.stops : model.tokenizer.stops;
    const spec = withCalibration({ ...structuredClone(wanted), stops, live: true, heads: true }, model.tokenizer);
    const progress = throttled((at) => this.io.emit('progress', at));
    const options = {
      signal,
      progress: (done: number, total: number) => progress({ phase: 'prefill', done, total }),
      learning: (done: number, total: number) => progress({ phase: 'learning', done, total }),
    };
    const id = ++this.runs;
    const io = {
      id,
      tokenizer: model.tokenizer,
      selected: () => this.selected,
      emit: (frame: WireFrame) => {
        this.losses = 0;
        this.io.emit('frame', frame);
      },
    };
    let started = performance.now();
    const begin = () => LiveRun.start(maker, spec, io, options);
    const live = await begin().catch((error) => {
      // Both runs side by side may be what does not fit.
      if (!(error instanceof KvError && error.code === 'out-of-memory' && this.live)) throw error;
      this.drop();
      started = performance.now();
      return begin();
    });
    this.drop();
    this.live = live;
    this.prefillMs = performance.now() - started;
    const { current } = live;
    return {
      run: id,
      promptTokens: spec.prompt.length,
      cap: current.cap,
      configs: structuredClone(current.configs),
      bytes: current.bytes(),
      gpuBytes: current.gpuBytes,
      prefillMs: this.prefillMs,
      decode: spec.decode,
      learned: current.learned,
    };
  }

  /** Plays the run; a lost device only pauses it, recovery is on its way. */
  private async play(until: number, signal: AbortSignal, told = true): Promise<{ step: number }> {
    const live = this.run();
    if (told && !live.reason) this.emitState(live, 'playing');
    try {
      await live.play(until, signal);
    } catch (error) {
      const why = toPlain(await this.host.explain(error));
      if (why.code !== 'device-lost') throw error;
    } finally {
      this.emitState(live, live.reason ? 'finished' : 'paused');
    }
    return { step: live.step };
  }

  private async rewind(signal?: AbortSignal): Promise<ReturnType<Calls['rewind']>> {
    const live = this.run();
    try {
      await live.rewind(this.host.ready().maker, { signal });
    } catch (error) {
      this.drop();
      throw error;
    }
    this.emitState(live, live.reason ? 'finished' : 'ready');
    return { step: live.step, learned: live.current.learned };
  }

  /** The adapter of the device, opened again and with its run where it was lost. */
  private async device(): Promise<AdapterSummary> {
    await this.host.open();
    await this.restore();
    return (await this.host.open()).adapter;
  }

  private async restore(): Promise<void> {
    const maker = await this.host.restore();
    if (maker && this.live) await this.live.rebuild(maker, {});
  }

  private recover(reason: KvError): void {
    this.io.emit('device', { state: 'lost', error: toPlain(reason) });
    this.halt();
    void this.queue.run(async () => {
      try {
        if (++this.losses > MOST_LOSSES) throw reason;
        this.io.emit('device', { state: 'recovering', error: null });
        await this.restore();
        this.io.emit('device', { state: 'recovered', error: null });
      } catch (error) {
        const why = await this.host.explain(error);
        // Lost once more: the next recovery is in the queue.
        if (why !== reason && why instanceof KvError && why.code === 'device-lost') return;
        this.io.emit('device', { state: 'failed', error: toPlain(why) });
      }
    });
  }

  private async turn<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await this.queue.run(work, signal);
    } catch (error) {
      throw await this.host.explain(error, signal);
    }
  }

  /** Every play under way, or waiting for its turn, ends after the step it is at. */
  private halt(): void {
    for (const stop of this.plays.keys()) stop.abort();
  }

  private labModel(): LabModel {
    const { model, summary } = this.host.ready();
    return { summary, tokenizer: model.tokenizer, file: model.file };
  }

  private run(): LiveRun {
    if (!this.live) throw new KvError('usage', 'There is no run.', '', 'Start one first.');
    return this.live;
  }

  private drop(): void {
    this.live?.destroy();
    this.live = null;
  }

  private emitState(live: LiveRun, state: RunState['state']): void {
    this.io.emit('state', { run: live.id, state, step: live.step, reason: live.reason });
  }
}
