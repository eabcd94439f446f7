import type { Surface } from './canvas';

/** So many of the newest steps at least wait before they join the finished part. */
const BLOCK = 32;

type PaintSteps = (onto: Surface, from: number, to: number) => void;

/** The finished part of a picture that grows step by step, on a canvas of its own: a run of any length costs a frame the same. */
export class Grown {
  private ctx: CanvasRenderingContext2D | null = null;
  private key = '';
  private done = 0;

  /** Puts the finished part under what comes and returns the first step that is not in it. */
  show(surface: Surface, key: string, to: number, paint: PaintSteps): number {
    this.ctx ??= document.createElement('canvas').getContext('2d');
    const { ctx } = this;
    if (!ctx) return 0;
    const { width, height } = surface.ctx.canvas;
    const whole = `${width} ${height} ${surface.dpr} ${key}`;
    if (whole !== this.key || to < this.done) {
      this.key = whole;
      this.done = 0;
      // Setting a size clears as well.
      Object.assign(ctx.canvas, { width, height });
      ctx.setTransform(surface.dpr, 0, 0, surface.dpr, 0, 0);
    }
    const end = to - (to % BLOCK);
    if (end > this.done) paint({ ...surface, ctx }, Math.max(0, this.done - 1), end);
    this.done = Math.max(this.done, end);
    if (this.done > 0) {
      surface.ctx.save();
      surface.ctx.resetTransform();
      surface.ctx.drawImage(ctx.canvas, 0, 0);
      surface.ctx.restore();
    }
    return this.done;
  }
}

/**
 * Paints steps [0, to) of a picture whose steps, once painted, change only with `key`. `paint` is called for parts of them that
 * share one step. A surface that is no live canvas gets them all at once.
 */
export function paintGrown(surface: Surface, key: string, to: number, paint: PaintSteps): void {
  const done = surface.grown?.show(surface, key, to, paint) ?? 0;
  if (done < to) paint(surface, Math.max(0, done - 1), to);
}
