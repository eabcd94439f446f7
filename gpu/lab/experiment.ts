import type { GenericSchema } from 'valibot';
import type { CacheConfig } from '../kv/config';
import type { Decisions } from '../kv/decisions';
import type { ModelFile, Tokenizer } from '../load/types';
import type { Frame, ModelSummary, RunSpec } from '../run-types';

/** The loaded model as an experiment sees it: no device, nothing of the page. */
export interface LabModel {
  summary: ModelSummary;
  tokenizer: Tokenizer;
  file: ModelFile;
}

/** One unit of work of an experiment: what is lost, at most, when the visitor reloads. Its id is unique within the plan. */
export interface Pass {
  id: string;
  title: string;
  /** Passes whose rows this one needs. */
  after?: string[];
}

/** What one run left behind. Index 0 = shadow in everything that goes by lane. */
export interface RunOutput {
  /** Without their heavy parts (head measures, attention rows). */
  frames: Frame[];
  /** Every field resolved. */
  configs: CacheConfig[];
  decisions: Decisions[];
  /** Tokens that each lane was fed after the prompt, [lane][step]; in free-running mode its own text. */
  fed: number[][];
  ms: { prefill: number; steps: number[] };
}

/** Keys (side 0, rotated) or values (side 1) of the FP16 lane in one layer: [tokens][KV heads][D]. */
export type ShadowRows = (layer: number, side: number) => Promise<Float32Array>;

export interface RunHow {
  /** Sees each frame whole, heavy parts included, before they are dropped. */
  onFrame?: (frame: Frame) => void;
  /** Looks at what the cache holds when all steps are through. */
  atEnd?: (rows: ShadowRows) => Promise<void>;
}

/** What runs an experiment: the page's worker, or the terminal. */
export interface LabHost {
  readonly model: LabModel;
  readonly signal: AbortSignal | undefined;
  /** Why a lane cannot run here, in a sentence; null where it can. */
  refusal(lane: CacheConfig): string | null;
  /** One engine run to its end. Rejects with `cancelled` within one step of the signal. */
  run(spec: RunSpec, how?: RunHow): Promise<RunOutput>;
  /**
   * Loads the model a second time with its linear weights rounded to `bits` (see `roundedFile`), gives `use` a host that runs on it,
   * and frees it. Errors: out-of-memory.
   */
  rounded<T>(bits: number, use: (host: LabHost) => Promise<T>): Promise<T>;
  /** How far the present pass is, 0 to 1, where it is not one run whose steps say so. */
  progress(share: number): void;
}

/**
 * A question to the loaded model. A file in experiments/ whose default export is an Experiment is found by itself; the page, `npm run sweep`
 * and the contract test know it by its id, which is also the file's name. Rows are flat JSON: numbers, words, short arrays.
 */
export interface Experiment<S extends object = object, R extends object = object> {
  id: string;
  title: string;
  /** One sentence: what is measured and how. */
  text: string;
  /** Every setting with its default, so that `{}` is a valid experiment wherever it can be. */
  schema: GenericSchema<unknown, S>;
  /** The same list whenever settings and model are the same. Errors: bad-config, bad-prompt, context-overflow. */
  passes(settings: S, model: LabModel): Pass[];
  /** Measures one pass; `given` = rows of an earlier pass named in `after`. */
  run(settings: S, pass: Pass, host: LabHost, given: (pass: string) => R[]): Promise<R[]>;
}

/** Gives an experiment its types and drops them for the list. */
export const experiment = <S extends object, R extends object>(one: Experiment<S, R>): Experiment =>
  one as unknown as Experiment;
