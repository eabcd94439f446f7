import type { Cached, Evictor, Settings } from '../../../gpu/kv/evict';
import { settingsOf } from '../../../gpu/kv/evict';
import { evictorOf } from '../../../gpu/kv/evictors';
import type { Lossy, Trace } from './traced';
import { promptSums } from './traced';

export interface Watch {
  /** Called with every decision that was asked for. */
  decided?(layer: number, t: number, cached: Cached, kept: Uint32Array[] | null): void;
}

/** A cache that an evictor rules, in plain arrays: the seam as the engine must serve it, without keys, values and queries. */
export function lossyBy(id: string, given: Settings, watch: Watch = {}, random: () => number = () => 0): Lossy {
  const evictor = evictorOf(id);
  const settings = settingsOf(evictor, given);
  const layers: Layer[] = [];
  return {
    prompt(layer, trace) {
      layers[layer] = new Layer(evictor, settings, trace, layer, watch, random);
      return layers[layer].afterPrompt();
    },
    step: (layer, t, held, rows) => layers[layer].afterToken(t, held, rows),
  };
}

class Layer {
  private readonly memory: unknown;
  private sums: number[][] = [];

  constructor(
    private readonly evictor: Evictor,
    private readonly settings: Settings,
    private readonly trace: Trace,
    private readonly layer: number,
    private readonly watch: Watch,
    random: () => number,
  ) {
    this.memory = evictor.start?.(settings, random);
  }

  afterPrompt(): number[][] {
    const { trace, settings } = this;
    const all = Array.from({ length: trace.prompt }, (_, j) => j);
    const { attention } = this.evictor.needs(settings);
    const weights = attention?.prompt(trace.prompt) ?? [];
    if (attention) this.sums = promptSums(trace, this.layer, weights, attention.heads).map((row) => [...row]);
    const held = Array.from({ length: trace.config.kvHeads }, () => all);
    return this.evictor.acts(settings).at === 'firstToken' ? held : this.decide(trace.prompt - 1, held);
  }

  afterToken(t: number, held: number[][], rows: Float64Array[]): number[][] {
    const { trace, settings } = this;
    const need = this.evictor.needs(settings).attention;
    if (need && need.decode !== 'ignore') {
      const lists = need.heads === 'query' ? trace.config.heads : trace.config.kvHeads;
      const row = Array.from({ length: lists }, () => new Array<number>(rows[0].length).fill(0));
      rows.forEach((probabilities, head) => {
        const into = row[Math.floor((head * lists) / rows.length)];
        probabilities.forEach((p, i) => {
          into[i] += p;
        });
      });
      const added = (list: number) => row[list].map((p, i) => p + (this.sums[list][i] ?? 0));
      this.sums = need.decode === 'add' ? row.map((_, list) => added(list)) : row;
    }
    const acts = this.evictor.acts(settings);
    const decoded = t - trace.prompt + 1;
    const isDue = acts.at === 'firstToken' ? decoded === 1 : acts.at === 'steps' && decoded % acts.every === 0;
    return isDue ? this.decide(t, held) : held;
  }

  private decide(t: number, held: number[][]): number[][] {
    const { config } = this.trace;
    const spread = held.length === config.kvHeads ? held : Array.from({ length: config.kvHeads }, () => held[0]);
    const cached: Cached = {
      layer: this.layer,
      layers: config.layers,
      headDim: config.headDim,
      heads: config.heads,
      kvHeads: config.kvHeads,
      tokens: t + 1,
      held: spread,
      ...(this.sums.length > 0 ? { sums: this.sums } : {}),
    };
    const kept = this.evictor.decide(cached, this.settings, this.memory);
    this.watch.decided?.(this.layer, t, cached, kept);
    if (!kept) return held;
    this.sums = this.sums.map((row, list) => {
      const before = spread[Math.floor((list * spread.length) / this.sums.length)];
      const stays = new Set(kept[Math.floor((list * kept.length) / this.sums.length)]);
      return row.filter((_, i) => stays.has(before[i]));
    });
    return kept.map((rows) => [...rows]);
  }
}
