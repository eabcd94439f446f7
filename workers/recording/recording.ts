import type { CacheConfig, Move } from '../../gpu/kv/config';
import type { Receipt } from '../../gpu/measure/receipt';
import type { AdapterSummary, AttentionRow, DecodeRule, ModelSummary, RunSpec } from '../../gpu/run-types';
import type { RunInfo, RunState, Tokenized, WireFrame } from '../protocol';

/** What determines a recorded run besides the model file. */
export interface RecordedSettings {
  text: string;
  chat: boolean;
  steps: number;
  mode: RunSpec['mode'];
  decode: DecodeRule;
  /** Lanes 1..7 as they stood before the first step. */
  lanes: CacheConfig[];
  moves: Move[];
}

/** What a recording says of its run as a whole. */
export interface RecordedRun {
  settings: RecordedSettings;
  model: ModelSummary;
  /** `owner/repo/file.gguf` or a file name: where the model came from. */
  modelRef: string;
  adapter: Pick<AdapterSummary, 'name' | 'software'>;
  prompt: Tokenized;
  info: RunInfo;
  reason: RunState['reason'];
  /** The head that the views show first. */
  head: { layer: number; head: number };
}

/** A run to be written: its frames, and rows of further heads by step. Parts of a frame that were not kept are left out. */
export interface RunToRecord extends RecordedRun {
  frames: readonly WireFrame[];
  rows?: readonly AttentionRow[][];
}

/** A recording that was read. Frames are made when they are asked for, with `run` as their number. */
export interface Recording extends RecordedRun {
  count: number;
  receipt: Receipt;
  /** Heads whose attention rows were kept at some step. */
  heads: { layer: number; head: number }[];
  frame(step: number, run: number): WireFrame;
  row(step: number, layer: number, head: number): AttentionRow | null;
}
