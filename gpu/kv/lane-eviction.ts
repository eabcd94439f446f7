import { KvError } from '../errors';
import type { ModelConfig } from '../model/config';
import type { Eviction } from './config';
import type { Acts, Cached, Evictor, Needs, Settings } from './evict';
import { settingsOf } from './evict';
import { evictorOf } from './evictors';
import { rowCopies } from './lane-copies';
import type { PlanePlan } from './plane-plan';
import { seededRandom } from './seeded-random';

/** What was gathered of one layer since the prompt; rows of all tokens seen, held or not. */
export interface Gathered {
  /** [sums][cap]: by KV head or by query head, as the eviction needs them. */
  sums?: Float32Array;
  /** [tokens][KV heads][D] */
  keys?: Float32Array;
  values?: Float32Array;
  /** [tokens][query heads][D] */
  queries?: Float32Array;
}

/** One lane's eviction at work: when it acts, what it needs, and what it decides about each layer. */
export class LaneEviction {
  readonly acts: Acts;
  readonly needs: Needs;
  private readonly evictor: Evictor;
  private readonly settings: Settings;
  private readonly memory: unknown[];
  private readonly values: (number | null)[];
  /** Lists of a layer: one per KV head, or one per query head. */
  private readonly lists: number;

  constructor(
    readonly lane: number,
    eviction: Eviction,
    private readonly model: ModelConfig,
    private readonly frequency: ArrayLike<number>,
    private readonly cap: number,
    seed: number,
  ) {
    this.evictor = evictorOf(eviction.id);
    this.settings = settingsOf(this.evictor, eviction.own);
    this.acts = this.evictor.acts(this.settings);
    this.needs = this.evictor.needs(this.settings);
    this.values = new Array(model.layers).fill(null);
    this.lists = model.kvHeads * rowCopies({ evict: eviction }, model);
    const random = seededRandom(seed + 1);
    this.memory = Array.from({ length: model.layers }, () => this.evictor.start?.(this.settings, random));
  }

  /** True when rows are kept as they are until a decision after the first decoded token. */
  get holds(): boolean {
    return this.acts.at === 'firstToken';
  }

  /** What it measured of each layer, with its threshold; null when it measures nothing. */
  get measured(): { values: (number | null)[]; threshold: number } | null {
    const { measure } = this.evictor;
    return measure ? { values: this.values, threshold: measure.threshold(this.settings) } : null;
  }

  /** Does it act after decoded token `step` (1 = the first one)? Step 0 is the end of the prompt. */
  actsAfter(step: number): boolean {
    const { acts } = this;
    if (acts.at === 'prompt') return step === 0;
    if (acts.at === 'firstToken') return step === 1;
    return step === 0 || step % acts.every === 0;
  }

  /**
   * Positions that stay in one layer, by KV head (or query head, see `Evictor.byQuery`) or one list for all; null when nothing
   * leaves. `held` = what stays now, by KV head or query head.
   */
  decide(layer: number, tokens: number, held: readonly number[][], gathered: Gathered): Uint32Array[] | null {
    const { heads, kvHeads, layers, headDim } = this.model;
    const count = this.needs.attention?.heads === 'query' ? heads : kvHeads;
    const rows = Array.from({ length: count }, (_, h) => held[Math.floor((h * held.length) / count)]);
    const sums = gathered.sums
      ? rows.map((list, h) => Float32Array.from(list, (position) => gathered.sums![h * this.cap + position]))
      : undefined;
    const { keys, values, queries } = gathered;
    const shape = { layer, layers, headDim, heads, kvHeads, tokens };
    const cached: Cached = { ...shape, held: rows, sums, keys, values, queries, frequency: this.frequency };
    if (this.evictor.measure) this.values[layer] = this.evictor.measure.of(cached, this.settings);
    const kept = this.evictor.decide(cached, this.settings, this.memory[layer]);
    if (kept && kept.length > 1 && kept.length !== this.lists)
      throw new KvError(
        'internal',
        `Eviction ${this.evictor.id} decides for ${kept.length} heads, but the tables of its lane have ${this.lists}.`,
        'An eviction whose lists come one per query head says so beforehand (byQuery).',
      );
    return kept;
  }
}

/** What a plan holds of one layer, by head. */
export const heldIn = (plan: PlanePlan, layer: number): number[][] =>
  plan.held.slice(layer * plan.heads, (layer + 1) * plan.heads);
