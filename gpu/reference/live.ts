import { KvError } from '../errors';
import type { CacheConfig, Move } from '../kv/config';
import { shadowConfig } from '../kv/config';
import { formatLane } from '../kv/lane';
import { cancelled, throwIfCancelled } from '../load/cancel';
import { checkSpec } from '../run-check';
import { drawTokens, setTokens } from '../run-choose';
import type { AttentionRow, Frame, LaneBytes, RunSpec } from '../run-types';
import type { LaneAttention } from './live-frame';
import { attentionRow, headBlock, laneSteps, localBlock, packedBytes } from './live-frame';
import type { FeedOptions, Forward, Reference, ReferenceRun, Trace } from './model';

export interface LiveOptions {
  progress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

/** What a lane may say here: what of a configuration this engine is the definition of. Any other word is refused by name. */
const WORDS = new Set('k v group along scheme transform window sinks prefill self pairs'.split(' '));
const CODECS = new Set(['uniform', 'f16']);

const breathe = () => new Promise<void>((resume) => setTimeout(resume));

/**
 * A run on the reference engine: same prompt, lanes, tokens and frames as `Run`, one lane after the other on one CPU thread.
 * Moves during a run are refused, and bytes are those of the packed layout, which it does not use itself.
 */
export class ReferenceLive {
  readonly depth = 1;
  readonly gpuBytes = 0;
  readonly loggedMoves: readonly Move[] = [];
  readonly configs: CacheConfig[];
  readonly cap: number;
  readonly steps: number;
  nextStep = 0;
  private gone = false;
  private selected = { layer: 0, head: 0 };
  private newest: LaneAttention[] | null = null;
  /** Of the newest step, by lane; empty unless layers are on their own. */
  private traces: Trace[] = [];
  private tokens: number[] = [];

  private constructor(
    private readonly reference: Reference,
    private readonly spec: RunSpec,
    private readonly runs: ReferenceRun[],
    /** Logits after the prompt, by lane. */
    private readonly first: Float32Array[],
  ) {
    this.configs = configsOf(spec);
    this.steps = spec.forced?.length ?? spec.steps;
    this.cap = spec.prompt.length + this.steps;
  }

  /** Takes the prompt through every lane. Errors: bad-prompt, bad-config, context-overflow, cancelled. */
  static async create(reference: Reference, spec: RunSpec, options: LiveOptions = {}): Promise<ReferenceLive> {
    checkSpec(spec, reference.config.context, reference.config.vocab);
    if (spec.moves.length > 0) throw refusal('slider moves during a run');
    for (const lane of spec.lanes) checkReferenceLane(lane);
    const runs = configsOf(spec).map((config) => reference.start(config));
    const first: Float32Array[] = [];
    const prompt = { prompt: true, from: spec.prompt.length - 1 };
    let shadow: Trace | undefined;
    for (const run of runs) {
      options.progress?.(first.length, runs.length);
      await breathe();
      throwIfCancelled(options.signal);
      const { logits, trace } = feedOne(run, spec, spec.prompt, prompt, shadow);
      shadow ??= trace;
      first.push(logits[0]);
    }
    options.progress?.(runs.length, runs.length);
    return new ReferenceLive(reference, spec, runs, first);
  }

  get done(): boolean {
    return this.nextStep >= this.steps;
  }

  bytes(): LaneBytes[] {
    return this.configs.map((_, lane) => this.packed(lane, this.runs[0].length).bytes);
  }

  /** The lanes that run here leave nothing to decide. */
  decisions(): Record<string, never> {
    return {};
  }

  select(at: { layer: number; head: number }): void {
    this.selected = at;
  }

  move(): Move {
    throw refusal('slider moves during a run');
  }

  /** Computes the next step. Rejects with 'cancelled' when the run was destroyed. */
  async advance(): Promise<Frame> {
    const started = performance.now();
    const step = this.nextStep++;
    const logits = step === 0 ? this.first : await this.feed();
    const position = this.spec.prompt.length - 1 + step;
    const lanes = laneSteps(
      logits,
      this.configs.map((_, lane) => this.packed(lane, position + 1)),
    );
    for (const lane of lanes) lane.sameTop = lane.best === lanes[0].best;
    const { newest } = this;
    const frame: Frame = {
      ...{ run: 0, step, position, token: -1, lanes },
      heads: newest ? headBlock(newest) : new Float32Array(0),
      row: newest ? attentionRow(newest, this.selected) : null,
      ...(this.traces.length > 0 && { local: localBlock(this.traces, this.reference.config) }),
      ms: { step: 0, host: 0 },
    };
    const all = new Float32Array(logits.length * logits[0].length);
    for (const [lane, row] of logits.entries()) all.set(row, lane * row.length);
    const { forced, lanes: others } = this.spec;
    this.tokens = forced
      ? new Array<number>(others.length + 1).fill(forced[step])
      : drawTokens(all, this.spec, Math.min(1, others.length), step);
    setTokens(frame, this.tokens, all);
    const ms = performance.now() - started;
    frame.ms = { step: ms, host: ms };
    return frame;
  }

  /** Any head's row of the newest step; older ones are gone. */
  async row(step: number, head: { layer: number; head: number }): Promise<AttentionRow | null> {
    return step === this.nextStep - 1 && this.newest ? attentionRow(this.newest, head) : null;
  }

  /** Keys (side 0, rotated) or values (side 1) of the FP16 lane in one layer: [tokens][KV heads][D]. */
  async shadowRows(layer: number, side: number): Promise<Float32Array> {
    return this.runs[0].rows(layer, side === 0 ? 'k' : 'v');
  }

  destroy(): void {
    this.gone = true;
  }

  /** Feeds each lane its token; between lanes, messages come through. */
  private async feed(): Promise<Float32Array[]> {
    const logits: Float32Array[] = [];
    const attention: LaneAttention[] = [];
    const traces: Trace[] = [];
    for (const [lane, run] of this.runs.entries()) {
      await breathe();
      if (this.gone) throw cancelled();
      const forward = feedOne(run, this.spec, [this.tokens[lane]], { attention: true }, traces[0]);
      if (forward.trace) traces.push(forward.trace);
      logits.push(forward.logits[0]);
      attention.push(forward.attention.map((heads) => heads.map((rows) => rows[0])));
    }
    this.newest = attention;
    this.traces = traces;
    return logits;
  }

  private packed(lane: number, tokens: number) {
    return packedBytes(this.configs[lane], this.reference.config, tokens, this.spec.prompt.length, this.cap);
  }
}

const configsOf = (spec: RunSpec): CacheConfig[] => [shadowConfig(), ...structuredClone(spec.lanes)];

/** With layers on their own every lane starts each of them from the shadow's state; the shadow itself comes first. */
const feedOne = (
  run: ReferenceRun,
  { isolate }: RunSpec,
  tokens: number[],
  options: FeedOptions,
  shadow: Trace | undefined,
): Forward => run.feed(tokens, isolate ? { ...options, trace: true, inputs: shadow?.inputs } : options);

/** Refuses a lane that this engine is not the definition of. Errors: bad-config. */
export function checkReferenceLane(lane: CacheConfig): void {
  const codec = [lane.k.codec, lane.v.codec].find((id) => !CODECS.has(id));
  if (codec) throw refusal(`the codec ${codec}`);
  const words = formatLane(lane)
    .split(' ')
    .map((word) => word.replace(/=.*/, '').replace(/^[kv]\./, ''));
  const foreign = words.find((word) => !WORDS.has(word));
  if (foreign) throw refusal(`"${foreign}" in a lane`);
}

const refusal = (what: string): KvError =>
  new KvError(
    'bad-config',
    `The reference engine does not know ${what}.`,
    'On the CPU only uniform codes with windows and sinks run, at the same bits from the first step to the last, all layers alike or each with its own.',
    'Change the setting, or use a browser with WebGPU.',
  );
