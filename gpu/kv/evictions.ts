import type { Buffers } from '../buffers';
import type { ModelConfig } from '../model/config';
import { ropeFrequencies } from '../rope-frequencies';
import type { CacheOptions } from './cache-types';
import { Collector } from './collector';
import type { CacheConfig } from './config';
import { LaneEviction } from './lane-eviction';
import { LaneMix } from './lane-mix';

/** The lanes of a run whose rows may leave or are sorted by salience, and what is gathered for them. */
export class Evictions {
  readonly lanes: LaneEviction[];
  /** Lanes that sort their tokens into classes. */
  readonly mixes: LaneMix[];
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
    this.mixes = configs.flatMap((config, lane) =>
      config.mix ? [new LaneMix(lane, config, model, cap, prompt, seed)] : [],
    );
    this.collector = new Collector(buffers, model, [...this.lanes, ...this.mixes], cap, prompt);
  }

  of(lane: number): LaneEviction | undefined {
    return this.lanes.find((eviction) => eviction.lane === lane);
  }

  mixOf(lane: number): LaneMix | undefined {
    return this.mixes.find((mix) => mix.lane === lane);
  }

  /** True when some lane waits for statistics between steps. */
  get waits(): boolean {
    return this.lanes.length + this.mixes.length > 0;
  }

  /** Lanes that act after decoded token `step`; 0 = the end of the prompt. */
  acting(step: number): LaneEviction[] {
    return this.lanes.filter((eviction) => eviction.actsAfter(step));
  }
}
