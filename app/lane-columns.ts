import type { LaneStep } from '../gpu/run-types';

/** One lane's numbers by step, as growing typed arrays. `kl.subarray(0, count)` is what a chart draws. */
export class LaneColumns {
  count = 0;
  kl = new Float32Array(256);
  nll = new Float32Array(256);
  dp = new Float32Array(256);
  sameTop = new Uint8Array(256);
  /** Token fed next to this lane, -1 at the end. */
  token = new Int32Array(256);
  /** Bytes the lane's live rows occupy after the step. */
  bytes = new Float64Array(256);

  push(step: LaneStep): void {
    const i = this.count;
    if (i === this.kl.length) this.grow();
    this.kl[i] = step.kl;
    this.nll[i] = step.nll;
    this.dp[i] = step.dp;
    this.sameTop[i] = step.sameTop ? 1 : 0;
    this.token[i] = step.token;
    this.bytes[i] = step.bytes.total;
    this.count++;
  }

  truncate(count: number): void {
    this.count = Math.min(this.count, count);
  }

  private grow(): void {
    const size = this.kl.length * 2;
    const copy = <A extends Float32Array | Float64Array | Uint8Array | Int32Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    this.kl = copy(this.kl, new Float32Array(size));
    this.nll = copy(this.nll, new Float32Array(size));
    this.dp = copy(this.dp, new Float32Array(size));
    this.sameTop = copy(this.sameTop, new Uint8Array(size));
    this.token = copy(this.token, new Int32Array(size));
    this.bytes = copy(this.bytes, new Float64Array(size));
  }
}
