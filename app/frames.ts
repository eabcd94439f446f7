import type { AttentionRow } from '../gpu/run-types';
import type { RunInfo, WireFrame } from '../workers/protocol';
import { LaneColumns } from './lane-columns';

/** Attention data of at most this many bytes stays in memory; older steps keep their numbers and lose their maps. */
const HEAVY_BUDGET = 64 * 1024 * 1024;

/** A run taken out of `Frames`. */
interface KeptRun {
  info: RunInfo | null;
  lanes: LaneColumns[];
  labels: [number, string][];
  list: WireFrame[];
  heavyFrom: number;
  heavyBytes: number;
}

/**
 * The frames of the present run, outside React. Index = step. Scalars of every step stay, as typed columns for the
 * charts; the heavy parts of a frame (`heads`, `row`) live in a ring and become `null` / empty when they fall out.
 * Readers subscribe and read; they are told at most once per animation frame.
 */
export class Frames {
  info: RunInfo | null = null;
  /** Grows with every change. */
  version = 0;
  /** Grows when the content starts over (new run, rewind), so that readers drop what they cached. */
  epoch = 0;
  /** One per lane, index 0 = shadow. */
  lanes: LaneColumns[] = [];
  /** Printable text of every token id seen. */
  readonly labels = new Map<number, string>();
  private list: WireFrame[] = [];
  private heavyFrom = 0;
  private heavyBytes = 0;
  private readonly listeners = new Set<() => void>();
  private scheduled = false;

  /** Number of steps computed; the last step is `count - 1`. */
  get count(): number {
    return this.list.length;
  }

  get(step: number): WireFrame | undefined {
    return this.list[step];
  }

  get last(): WireFrame | undefined {
    return this.list[this.list.length - 1];
  }

  /** First step whose attention data is still kept. */
  get keptFrom(): number {
    return this.heavyFrom;
  }

  begin(info: RunInfo): void {
    this.info = info;
    this.lanes = info.configs.map(() => new LaneColumns());
    this.labels.clear();
    this.reset(0);
  }

  /** Forgets everything from step `from` on (a rewind keeps step 0, which came out of the prefill). */
  rewind(from: number): void {
    if (from < this.list.length) this.reset(from);
  }

  clear(): void {
    this.info = null;
    this.lanes = [];
    this.labels.clear();
    this.reset(0);
  }

  /** Takes the run out, whole, so that another can be shown; `put` puts it back. */
  take(): KeptRun {
    const { info, lanes, list, heavyFrom, heavyBytes } = this;
    const kept = { info, lanes, list, heavyFrom, heavyBytes, labels: [...this.labels] };
    this.list = [];
    this.clear();
    return kept;
  }

  put({ labels, ...kept }: KeptRun): void {
    this.labels.clear();
    for (const [id, label] of labels) this.labels.set(id, label);
    Object.assign(this, kept);
    this.epoch++;
    this.changed();
  }

  /** Appends a frame; a frame of another run is ignored, a repeated step replaces what follows it. */
  push(frame: WireFrame): void {
    if (!this.info || frame.run !== this.info.run || frame.step > this.list.length) return;
    if (frame.step < this.list.length - 1) this.reset(frame.step);
    else if (frame.step === this.list.length - 1) this.dropLast();
    this.list.push(frame);
    for (let i = 0; i < this.lanes.length; i++) this.lanes[i].push(frame.lanes[i]);
    for (const [id, label] of Object.entries(frame.labels)) this.labels.set(Number(id), label);
    this.heavyBytes += heavy(frame);
    while (this.heavyBytes > HEAVY_BUDGET && this.heavyFrom < this.list.length - 1) this.dropOldest();
    this.changed();
  }

  /** Puts another head's row into a step that is there, in place of the one it has. */
  putRow(run: number, step: number, row: AttentionRow): void {
    const frame = this.list[step];
    if (!frame || run !== this.info?.run || step < this.heavyFrom) return;
    this.heavyBytes -= heavy(frame);
    this.list[step] = { ...frame, row };
    this.heavyBytes += heavy(this.list[step]);
    this.changed();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private reset(from: number): void {
    this.list.length = from;
    for (const lane of this.lanes) lane.truncate(from);
    this.heavyFrom = Math.min(this.heavyFrom, from);
    this.heavyBytes = 0;
    for (let i = this.heavyFrom; i < from; i++) this.heavyBytes += heavy(this.list[i]);
    this.epoch++;
    this.changed();
  }

  /** The newest step said again, for another head: the same numbers, so nobody has to start over. */
  private dropLast(): void {
    const old = this.list.pop();
    if (old && this.heavyFrom <= this.list.length) this.heavyBytes -= heavy(old);
    for (const lane of this.lanes) lane.truncate(this.list.length);
  }

  private dropOldest(): void {
    const old = this.list[this.heavyFrom];
    this.heavyBytes -= heavy(old);
    this.list[this.heavyFrom++] = { ...old, heads: new Float32Array(0), row: null };
  }

  private changed(): void {
    this.version++;
    if (this.scheduled) return;
    this.scheduled = true;
    nextPaint(() => {
      this.scheduled = false;
      for (const listener of this.listeners) listener();
    });
  }
}

function heavy(frame: WireFrame): number {
  let bytes = frame.heads.byteLength;
  for (const lane of frame.row?.lanes ?? []) bytes += lane.byteLength;
  return bytes;
}

/** A hidden tab gets no animation frames, and Node has none. */
function nextPaint(run: () => void): void {
  if (typeof requestAnimationFrame === 'function' && !document.hidden) requestAnimationFrame(run);
  else setTimeout(run, 0);
}

export const frames = new Frames();
