import type { Frame, RunSpec } from './run-types';

/**
 * Follows the tokens that lanes are fed. Where every lane writes its own text, numbers that compare a lane with the shadow mean
 * nothing once their texts differ, and a lane is over at its own stop token; frames say so from here on. Isolated lanes have no logits
 * of their own, so nothing that is made of logits.
 */
export class Paths {
  private readonly own: boolean;
  private readonly driver: number;
  private readonly parted: boolean[];
  private readonly ended: boolean[];

  constructor(private readonly spec: Pick<RunSpec, 'mode' | 'forced' | 'lanes' | 'stops' | 'isolate'>) {
    this.own = spec.mode === 'free-running' && !spec.forced;
    this.driver = Math.min(1, spec.lanes.length);
    this.parted = new Array(spec.lanes.length + 1).fill(false);
    this.ended = [...this.parted];
  }

  /** Blanks what the frame cannot know. True when no lane goes on after it: the run has met its stop tokens. */
  take(frame: Frame): boolean {
    const { stops, isolate } = this.spec;
    if (isolate)
      for (const lane of frame.lanes.slice(1)) Object.assign(lane, { kl: Number.NaN, nll: Number.NaN, dp: Number.NaN });
    if (!this.own) return stops.includes(frame.lanes[this.driver].token);
    const shadow = frame.lanes[0].token;
    for (const [lane, step] of frame.lanes.entries()) {
      const { token } = step;
      if (this.parted[lane]) step.kl = Number.NaN;
      this.parted[lane] ||= token !== shadow;
      if (this.parted[lane]) step.dp = Number.NaN;
      if (this.ended[lane]) Object.assign(step, { token: -1, nll: Number.NaN, dp: Number.NaN, kl: lane && Number.NaN });
      this.ended[lane] ||= stops.includes(token);
    }
    frame.token = frame.lanes[0].token;
    return this.ended.every((ended) => ended);
  }
}
