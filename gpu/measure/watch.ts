import type { LaneStep } from '../run-types';
import type { Absence, Detector, DetectorId, Gauge, WatchedRun, WatchedStep } from './detector';
import { detectors } from './detector-registry';

/** What a detector has found in a lane since the lane's last move. */
export interface Finding {
  id: DetectorId;
  /** First step whose value lies above the threshold. */
  firstStep: number | null;
  /** Largest value so far, 0 before the first. */
  peak: number;
  /** Steps with a value. */
  steps: number;
  absent: Absence | null;
}

/** One step as it comes: a frame, with the text that each lane is fed next. */
export interface ComingStep {
  lanes: readonly Pick<LaneStep, 'kl' | 'sameTop' | 'best' | 'token' | 'top'>[];
  heads: ArrayLike<number>;
  pieces: readonly string[];
}

interface Watched extends Finding {
  gauge: Gauge | null;
  /** By step, NaN where nothing can be said. */
  values: Float32Array;
}

/**
 * All detectors over all lanes of one run, step by step. Costs a few reads per head and lane for each step and nothing for those that
 * were taken. Index 0 = shadow in everything that goes by lane.
 */
export class Watch {
  /** Steps taken. */
  count = 0;
  /** First step of each lane under its present widths. */
  readonly since: number[];
  private readonly watched: Watched[][];
  private readonly texts: string[];
  private readonly ended: boolean[];

  /** `isEnd`: tokens that end a lane's text where each lane writes its own. */
  constructor(
    readonly run: WatchedRun,
    private readonly isEnd: (token: number) => boolean = () => false,
  ) {
    const lanes = Array.from({ length: run.lanes }, (_, lane) => lane);
    this.since = lanes.map(() => 0);
    this.texts = lanes.map(() => '');
    this.ended = lanes.map(() => false);
    this.watched = detectors.map((one) => lanes.map((lane) => begun(one, run, lane, new Float32Array(256))));
  }

  take(coming: ComingStep): void {
    const before = [...this.texts];
    for (const [lane, { token }] of coming.lanes.entries()) {
      if (this.isEnd(token)) this.ended[lane] = true;
      else if (token >= 0 && !this.ended[lane]) this.texts[lane] += coming.pieces[lane] ?? '';
    }
    const step: WatchedStep = { ...coming, step: this.count, before, texts: this.texts, ended: this.ended };
    for (const [d, lanes] of this.watched.entries())
      for (const one of lanes) note(one, this.count, one.gauge ? one.gauge(step) : Number.NaN, detectors[d].threshold);
    this.count++;
  }

  /** A lane goes on under other widths from the next step: what it is judged by begins anew. */
  restart(lane: number): void {
    this.since[lane] = this.count;
    for (const [d, lanes] of this.watched.entries())
      lanes[lane] = begun(detectors[d], this.run, lane, lanes[lane].values);
  }

  /** What a lane was fed after the prompt, up to its own end. */
  textOf(lane: number): string {
    return this.texts[lane];
  }

  finding(id: DetectorId, lane: number): Finding {
    const { firstStep, peak, steps, absent } = this.of(id, lane);
    return { id, firstStep, peak, steps, absent };
  }

  findings(lane: number): Finding[] {
    return detectors.map(({ id }) => this.finding(id, lane));
  }

  /** Values by step, [0, count). */
  values(id: DetectorId, lane: number): Float32Array {
    return this.of(id, lane).values.subarray(0, this.count);
  }

  private of(id: DetectorId, lane: number): Watched {
    return this.watched[detectors.findIndex((one) => one.id === id)][lane];
  }
}

function begun(one: Detector, run: WatchedRun, lane: number, values: Float32Array): Watched {
  const absent = one.absent?.(run) ?? null;
  const gauge = absent === null ? one.begin(run, lane) : null;
  return { id: one.id, firstStep: null, peak: 0, steps: 0, absent, gauge, values };
}

function note(one: Watched, step: number, value: number, threshold: number): void {
  if (step === one.values.length) {
    const larger = new Float32Array(2 * step);
    larger.set(one.values);
    one.values = larger;
  }
  one.values[step] = value;
  if (Number.isNaN(value)) return;
  one.peak = one.steps === 0 ? value : Math.max(one.peak, value);
  one.steps++;
  if (value > threshold) one.firstStep ??= step;
}
