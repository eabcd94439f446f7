import type { Frame } from '../../gpu/run-types';
import { HEAD_MEASURES } from '../../gpu/run-types';

/** Means of the per-head measures over the steps that have them, added up as frames come: frames need not be kept. */
export class HeadMeans {
  private sums = new Float64Array(0);
  private steps = 0;

  constructor(
    private readonly layers: number,
    private readonly heads: number,
  ) {}

  take({ heads }: Pick<Frame, 'heads'>): void {
    if (heads.length === 0) return;
    if (this.sums.length === 0) this.sums = new Float64Array(heads.length);
    for (let i = 0; i < heads.length; i++) this.sums[i] += heads[i];
    this.steps++;
  }

  /** {measure: [layer][head]} of a lane, counted from 0 without the shadow. */
  of(lane: number): Record<string, number[][]> {
    const { layers, heads, sums } = this;
    const width = HEAD_MEASURES.length;
    const lanes = sums.length / (layers * heads * width);
    const mean = (l: number, h: number, m: number) =>
      this.steps === 0 ? 0 : sums[((l * lanes + lane) * heads + h) * width + m] / this.steps;
    const table = (m: number) =>
      Array.from({ length: layers }, (_, l) => Array.from({ length: heads }, (_, h) => mean(l, h, m)));
    return Object.fromEntries(HEAD_MEASURES.map((id, m) => [id, table(m)]));
  }
}
