import { runMode } from '../draw/runMode';
import { frames } from '../frames';
import type { State } from '../store';
import { cursorStep } from '../use-frames';
import type { TokenFlow } from './TokenFlow';
import { firstDivergence, tokenCell } from './tokenCells';

/** A cursor this close to the front of the window moves the window back. */
const context = 200;

/** Keeps the lanes' flows in step with the frames and the cursor; all lanes hold the same window of steps. */
export class LaneSync {
  private readonly flows = new Map<number, TokenFlow>();
  private key = '';
  private free = false;
  private first = new Map<number, number>();

  add(lane: number, flow: TokenFlow): void {
    this.flows.set(lane, flow);
    this.key = '';
  }

  remove(lane: number): void {
    this.flows.delete(lane);
  }

  /** The lines broke elsewhere: the width has changed. */
  reflow(state: State): void {
    this.key = '';
    this.update(state);
  }

  update(state: State): void {
    this.free = runMode(state) === 'free-running';
    const key = `${frames.epoch}.${this.free}.${[...this.flows.keys()]}`;
    const step = cursorStep(state.cursor);
    const live = state.cursor === 'live';
    const from = Math.max(0, ...[...this.flows.values()].map((flow) => flow.from));
    const lost = !live && step >= 0 && step < from;
    if (key !== this.key || lost) this.restart(Math.max(0, (lost ? step : frames.count - context) - context));
    this.key = key;
    this.fill(live ? frames.count : Math.min(frames.count, Math.max(this.end(), step + context)));
    for (const flow of this.flows.values()) flow.settle();
    for (const flow of this.flows.values()) {
      flow.setCurrent(step, live);
      flow.setHovered(state.hoveredStep);
    }
  }

  private end(): number {
    return [...this.flows.values()][0]?.to ?? 0;
  }

  private restart(from: number): void {
    this.first.clear();
    for (const flow of this.flows.values()) flow.restart(from);
  }

  private fill(to: number): void {
    for (const [lane, flow] of this.flows) {
      for (let step = flow.to; step < to; step++) {
        const frame = frames.get(step);
        if (!frame) break;
        const cell = tokenCell(frame, lane, this.free, (id) => frames.labels.get(id) ?? String(id));
        if (this.free && step === this.parting()) flow.newLine();
        flow.append(cell, lane > 0 && step === this.divergence(lane));
      }
    }
  }

  /** First step at which any lane on show leaves FP16: there all of them begin a line, so that what follows stands side by side. */
  private parting(): number {
    const found = [...this.flows.keys()].map((lane) => (lane > 0 ? this.divergence(lane) : -1));
    return Math.min(...found.filter((step) => step >= 0));
  }

  /** Once found it stays; until then every new step may be it. */
  private divergence(lane: number): number {
    const known = this.first.get(lane) ?? -1;
    if (known >= 0) return known;
    const found = firstDivergence(frames.lanes[lane], frames.lanes[0], this.free);
    this.first.set(lane, found);
    return found;
  }
}
