import type { Buffers } from '../buffers';
import type { ModelConfig } from '../model/config';
import type { Needs } from './evict';

/** Column sums of attention for the lanes that ask for them: [collector][layers][heads][cap], and who they are for. */
export class Collector {
  readonly weights: GPUBuffer;
  readonly sums: GPUBuffer;
  readonly collectors: GPUBuffer;
  readonly count: number;
  private readonly layers: number;
  /** Most sums of one layer. */
  readonly heads: number;
  /** By lane: first word of its sums, and sums by layer. */
  readonly places = new Map<number, { first: number; heads: number }>();

  constructor(
    buffers: Buffers,
    model: ModelConfig,
    lanes: readonly { lane: number; needs: Needs }[],
    private readonly cap: number,
    prompt: number,
  ) {
    const asking = lanes.filter(({ needs }) => needs.attention);
    this.count = asking.length;
    const weights = new Float32Array(Math.max(1, this.count) * cap);
    const table = new Uint32Array(Math.max(1, this.count) * 4);
    let words = 0;
    for (const [c, { lane, needs }] of asking.entries()) {
      const { heads: by, decode, prompt: rows } = needs.attention!;
      const heads = by === 'query' ? model.heads : model.kvHeads;
      this.places.set(lane, { first: words, heads });
      weights.set(rows(prompt), c * cap);
      table.set([lane, model.heads / heads, decode === 'add' ? 1 : decode === 'replace' ? 2 : 0, words], c * 4);
      words += model.layers * heads * cap;
    }
    this.layers = model.layers;
    this.heads = Math.max(0, ...[...this.places.values()].map(({ heads }) => heads));
    this.weights = buffers.storage('collect.weights', weights.length, 'scratch');
    this.sums = buffers.storage('collect.sums', Math.max(1, words), 'scratch');
    this.collectors = buffers.storage('collectors', table.length, 'scratch');
    buffers.device.queue.writeBuffer(this.weights, 0, weights);
    buffers.device.queue.writeBuffer(this.collectors, 0, table);
  }

  /** Where the sums of a lane are, all layers or one; null when it has none. */
  rangeOf(lane: number, layer?: number): { offset: number; size: number; layerWords: number } | null {
    const place = this.places.get(lane);
    if (!place) return null;
    const layerWords = place.heads * this.cap;
    const first = place.first + (layer ?? 0) * layerWords;
    return { offset: first * 4, size: layerWords * 4 * (layer === undefined ? this.layers : 1), layerWords };
  }
}
