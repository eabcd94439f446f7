import type { PlainError } from '../gpu/errors';
import type { CacheConfig, Move } from '../gpu/kv/config';
import type { Decisions } from '../gpu/kv/decisions';
import type { Origin } from '../gpu/learned';
import type {
  AdapterSummary,
  AttentionRow,
  DecodeRule,
  Frame,
  LaneBytes,
  ModelSummary,
  RunSpec,
} from '../gpu/run-types';
import type { LabPlan } from './lab/lab';

export type { LabPlan } from './lab/lab';

/**
 * The wire between the page and the engine worker.
 * page -> worker: {id, call, args}; worker -> page: {id, result} | {id, error} | {event, data}.
 * One call may be cancelled by `cancel(id)`. Arrays travel as transferables.
 */
export interface Calls {
  /** Asks for the adapter; rejects with no-webgpu / no-adapter. Safe to call again (retry). `cpu`: the reference engine instead. */
  hello(how: { cpu: true } | undefined): { adapter: AdapterSummary; storage: StorageSummary };
  /** Loads a model (replacing the present one), reporting `progress`. Cancellable. */
  load(ref: ModelRef): LoadedModel;
  /** Header only: what the model is and what it would cost, before anything large is fetched. */
  inspect(args: { ref: ModelRef; lanes: CacheConfig[]; cap: number }): Inspection;
  /** Models kept in this browser. */
  stored(): StoredModel[];
  /** Removes a kept model and what it taught. */
  forget(id: string): void;
  /** Forgets the tables and norms that systems have learned from the present model, here and in this browser. */
  unlearn(): void;
  tokenize(args: { text: string; chat: boolean }): Tokenized;
  /** Prepares a run (prefill included) and leaves it paused at step 0. Replaces the present run. Cancellable. */
  start(spec: RunSpec): RunInfo;
  /** Continues until the end, `pause`, or `until` (a step index). Resolves when it stops. */
  play(args: { until?: number }): { step: number };
  pause(): { step: number };
  /** Computes exactly one more step. */
  step(): { step: number };
  /** Back to step 0 of the same run (prefill kept, generated tokens dropped, logged moves kept). */
  rewind(): { step: number; learned?: Origin };
  stop(): void;
  /** A slider move: taken at the next token boundary, answered with the step it was logged at. */
  move(move: Omit<Move, 'step'>): Move;
  /** Which head's attention row the frames carry from now on. */
  select(head: { layer: number; head: number }): void;
  /**
   * Any head's attention row at a step that is over, exactly as its frame would have carried it; null where the cache has changed
   * since. Waits for a run that plays.
   */
  row(at: { run: number; step: number; layer: number; head: number }): AttentionRow | null;
  /** What the policies of a lane have decided up to the newest step; null for another run. Never waits. */
  decisions(of: { run: number; lane: number }): LaneDecisions | null;
  /** The eval JSON (eval-contract) of the run so far. */
  report(): object;
  /** Checks an experiment's settings against the loaded model and says what its passes are. The run on screen stays. */
  plan(args: { experiment: string; settings: object }): LabPlan;
  /**
   * Rows of one pass. `given` = rows of the passes that it comes after. Reports `lab` events; cancellable within one step. A run that
   * plays comes to rest first.
   */
  pass(args: { plan: LabPlan; pass: string; given: Record<string, object[]> }): { rows: object[]; ms: number };
}

export interface Events {
  progress: Progress;
  frame: WireFrame;
  /** Run state changed by itself: finished, stopped at a stop token, or paused by the page's own call. */
  state: RunState;
  /** Device was lost; the worker rebuilds by itself and reports `recovered` or `failed`. */
  device: { state: 'lost' | 'recovering' | 'recovered' | 'failed'; error: PlainError | null };
  /** How far the pass under way is, 0 to 1. */
  lab: { experiment: string; pass: string; share: number };
  /** Something worth a line in the status bar. */
  notice: { text: string };
}

export type ModelRef =
  | { kind: 'file'; file: File }
  | { kind: 'hub'; repo: string; file: string; revision?: string; token?: string }
  | { kind: 'url'; url: string; name: string }
  | { kind: 'stored'; id: string };

export interface Progress {
  phase: 'header' | 'download' | 'upload' | 'shaders' | 'warmup' | 'learning' | 'prefill';
  /** Bytes for header/download/upload, layers for learning/prefill, pipelines for shaders. */
  done: number;
  total: number;
}

/** A frame with the words the page needs: text of each lane's next token, and a printable label for every id in it. */
export interface WireFrame extends Frame {
  /** Streaming text of the token each lane is fed next; empty while a UTF-8 sequence is incomplete. */
  pieces: string[];
  labels: Record<number, string>;
}

export interface StorageSummary {
  opfs: boolean;
  persisted: boolean;
  usage: number;
  quota: number;
}

export interface StoredModel {
  id: string;
  name: string;
  bytes: number;
  sha256: string;
  lastUsed: number;
  /** Sets of tables and norms that systems have learned from it and that are kept. */
  learned: number;
}

export interface LoadedModel {
  model: ModelSummary;
  /** Where the file is now: kept in this browser, or only in memory, and why. */
  kept: boolean;
  keptWhy: string;
}

/** Bytes by owner for a run of `cap` tokens; `fits` is judged against the adapter's limits. */
export interface Inspection {
  name: string;
  arch: string;
  context: number;
  layers: number;
  heads: number;
  kvHeads: number;
  headDim: number;
  fileBytes: number;
  weightBytes: number;
  laneBytes: number[];
  scratchBytes: number;
  totalBytes: number;
  fits: boolean;
  why: string;
}

export interface Tokenized {
  ids: number[];
  /** Text of each id, joined they give the prompt as the model sees it. */
  pieces: string[];
}

export interface RunInfo {
  run: number;
  promptTokens: number;
  cap: number;
  /** Every field resolved, index 0 = shadow. */
  configs: CacheConfig[];
  bytes: LaneBytes[];
  gpuBytes: number;
  prefillMs: number;
  decode: DecodeRule;
  /** Where tables and norms that lanes learned before the run come from; left out where none did. */
  learned?: Origin;
}

/** What a lane's policies have decided after `step`. */
export interface LaneDecisions {
  step: number;
  /** Tokens of the text so far; decisions may already name the next one. */
  tokens: number;
  decisions: Decisions;
}

export interface RunState {
  run: number;
  state: 'ready' | 'playing' | 'paused' | 'finished';
  step: number;
  /** Why it finished: the cap, a stop token, the forced text's end. */
  reason: 'steps' | 'stop' | 'text' | null;
}
