import type { Buffers } from '../buffers';
import type { ModelConfig } from '../model/config';
import { ropeFrequencies } from '../rope-frequencies';
import type { CacheOptions } from './cache';
import { Collector } from './collector';
import type { CacheConfig } from './config';
import { LaneEviction } from './lane-eviction';

/** The lanes of a run whose rows may leave, and what is gathered for them. */
export class Evictions {
  readonly lanes: LaneEviction[];
  readonly collector: Collector;

  constructor(
    buffers: Buffers,
    model: ModelConfig,
    configs: readonly CacheConfig[],
    { cap, prompt, seed }: CacheOptions,
  ) {
    const frequency = ropeFrequencies(model);
    this.lanes = configs.flatMap(({ evict }, lane) =>
      evict ? [new LaneEviction(lane, evict, model, frequency, cap, seed)] : [],
    );
    this.collector = new Collector(buffers, model, this.lanes, cap, prompt);
  }

  of(lane: number): LaneEviction | undefined {
    return this.lanes.find((eviction) => eviction.lane === lane);
  }

  /** Lanes that act after decoded token `step`; 0 = the end of the prompt. */
  acting(step: number): LaneEviction[] {
    return this.lanes.filter((eviction) => eviction.actsAfter(step));
  }
}
