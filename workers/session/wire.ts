import type { Tokenizer } from '../../gpu/load/types';
import type { Frame } from '../../gpu/run-types';
import type { WireFrame } from '../protocol';

/** Turns a run's frames into what the page reads: adds the lanes' text as it grows, and a label for every token id. */
export class Wire {
  private readonly streams: ReturnType<Tokenizer['stream']>[];

  constructor(
    private readonly tokenizer: Tokenizer,
    lanes: number,
  ) {
    this.streams = Array.from({ length: lanes }, () => tokenizer.stream());
  }

  /** `run` is the number the page knows the run by. After the `last` frame nothing is held back of a lane's text. */
  frame(frame: Frame, run: number, last: boolean): WireFrame {
    const pieces = frame.lanes.map(({ token }, lane) => {
      const piece = token >= 0 ? this.streams[lane].push(token) : '';
      return last ? piece + this.streams[lane].flush() : piece;
    });
    const labels: Record<number, string> = {};
    for (const { token, best, top } of frame.lanes) {
      for (const id of [token, best, ...top.map((item) => item.id)]) {
        if (id >= 0) labels[id] ??= this.tokenizer.label(id);
      }
    }
    // A buffer of its own: a view of the readback would be copied whole at the worker's border.
    return { ...frame, run, heads: frame.heads.slice(), pieces, labels };
  }
}
