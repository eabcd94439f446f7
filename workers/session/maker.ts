import type { Engine } from '../../gpu/engine';
import type { CacheConfig, Move } from '../../gpu/kv/config';
import type { Decisions } from '../../gpu/kv/decisions';
import type { Origin } from '../../gpu/learned';
import type { ModelFile } from '../../gpu/load/types';
import { loadWeights } from '../../gpu/model/weights';
import { checkReferenceLane, ReferenceLive } from '../../gpu/reference/live';
import type { Reference } from '../../gpu/reference/model';
import { createReference } from '../../gpu/reference/model';
import type { RunOptions } from '../../gpu/run';
import { Run } from '../../gpu/run';
import type { AdapterSummary, AttentionRow, Frame, LaneBytes, RunSpec } from '../../gpu/run-types';

/** What the page's run needs of what computes it. */
export interface Stepper {
  readonly configs: CacheConfig[];
  readonly cap: number;
  readonly steps: number;
  readonly nextStep: number;
  readonly done: boolean;
  /** Steps that may be in flight at once. */
  readonly depth: number;
  readonly gpuBytes: number;
  readonly loggedMoves: readonly Move[];
  /** Where tables that its lanes learned beforehand come from. */
  readonly learned?: Origin;
  bytes(): LaneBytes[];
  /** What the lane's policies decided so far. */
  decisions(lane: number): Decisions;
  select(at: { layer: number; head: number }): void;
  move(change: Omit<Move, 'step'>): Move;
  advance(): Promise<Frame>;
  row(step: number, head: { layer: number; head: number }, fed: readonly number[]): Promise<AttentionRow | null>;
  /** Keys (side 0) or values (side 1) that the FP16 lane's cache holds in one layer: [tokens][KV heads][D]. */
  shadowRows(layer: number, side: number): Promise<Float32Array>;
  destroy(): void;
}

/** A model that is ready to run, on whatever runs it. */
export interface Maker {
  adapter: AdapterSummary;
  layers: number;
  heads: number;
  create(spec: RunSpec, options: RunOptions): Promise<Stepper>;
  /** Why a lane cannot run here, in a sentence; null where it can. */
  refusal(lane: CacheConfig): string | null;
  /** The same with the weights of another file of this model beside them, until `free`. */
  reload(file: ModelFile, signal?: AbortSignal): Promise<{ maker: Maker; free: () => void }>;
}

/** The adapter's place where there is none. */
export const CPU: AdapterSummary = {
  ...{ name: 'reference engine, on the CPU', vendor: '', architecture: 'reference', features: [], software: true },
  ...{ subgroupMin: 1, subgroupMax: 1, maxBufferBytes: 2 ** 31, maxBindingBytes: 2 ** 31 },
};

/** Largest model file that the reference engine takes: beyond, a step takes longer than anyone waits. */
export const MOST_CPU_BYTES = 16 * 2 ** 20;

export const onGpu = (engine: Engine): Maker => ({
  adapter: engine.gpu.adapter,
  layers: engine.weights.config.layers,
  heads: engine.weights.config.heads,
  create: (spec, options) => Run.create(engine, spec, options),
  refusal: () => null,
  async reload(file, signal) {
    const weights = await loadWeights(engine.gpu, file, { signal });
    return {
      maker: onGpu({ ...engine, weights, learned: new Map(), memory: null }),
      free: () => weights.buffers.destroy(),
    };
  },
});

function referenceRefusal(lane: CacheConfig): string | null {
  try {
    checkReferenceLane(lane);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export const onCpu = (reference: Reference): Maker => ({
  adapter: CPU,
  layers: reference.config.layers,
  heads: reference.config.heads,
  create: (spec, options) => ReferenceLive.create(reference, spec, options),
  refusal: referenceRefusal,
  reload: async (file, signal) => ({ maker: onCpu(await createReference(file, signal)), free: () => {} }),
});
