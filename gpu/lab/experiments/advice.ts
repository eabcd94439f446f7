import * as v from 'valibot';
import { KvError } from '../../errors';
import { parseLane } from '../../kv/lane';
import { dequantize } from '../../load/quant/dequantize';
import type { ModelFile } from '../../load/types';
import type { DetectorId } from '../../measure/detector';
import { laneSummary } from '../../measure/lane-summary';
import type { Summary } from '../../measure/summary';
import type { Level } from '../../measure/verdict';
import { verdictOf } from '../../measure/verdict';
import { Watch } from '../../measure/watch';
import type { Frame } from '../../run-types';
import { HEAD_MEASURES } from '../../run-types';
import type { Agreement } from '../advice/agreement';
import { agreement } from '../advice/agreement';
import { MATTERS } from '../advice/candidates';
import { keysFirst } from '../advice/keys-first';
import type { Advice } from '../advice/propose';
import { propose } from '../advice/propose';
import { SCENE_IDS } from '../advice/scenes';
import type { LabHost, LabModel } from '../experiment';
import { experiment } from '../experiment';
import type { TextSettings } from '../text';
import { plainSpec, readText, textFields, writtenByShadow } from '../text';

export interface AdviceSettings extends TextSettings {
  scene: (typeof SCENE_IDS)[number];
  /** Tokens of the cache that the advice is for. */
  length: number;
  /** Most bytes of the cache at that length, in MB of 10^6 bytes; null = no limit. */
  budget: number | null;
  matters: (typeof MATTERS)[number];
  /** Lanes to run in place of what the rules propose, six at most. */
  lanes: string[] | null;
}

/** What is learned about the model before any lane runs. */
export interface KeyRow {
  kind: 'model';
  /** Norms of the key bias by layer; empty where there is none. */
  keyBias: number[];
}

/** FP16's own continuation, which every lane is fed. */
export interface TextRow {
  kind: 'text';
  tokens: number[];
}

export interface LaneRow {
  kind: 'lane';
  lane: string;
  /** `swapped`: no proposal; it tests whether keys need the bits more. */
  role: 'proposal' | 'swapped';
  summary: Summary;
  /** Of the whole text; null with too few steps. */
  verdict: Level | null;
  /** The published advice that names this lane, and how the verdict stands to it; null where there is none. */
  published: string;
  agreement: Agreement | null;
  /** KL of every step in nats. */
  kl: number[];
  sameTop: boolean[];
  /** First step whose most likely token is another; null = never. */
  firstDivergence: number | null;
  /** Bytes of the cache after the last step, and at FP16. */
  bytes: number;
  fp16: number;
  effectiveBits: number;
  /** Tokens in the cache then. */
  tokens: number;
  /** Share of the heads that give the first token more than half of their attention in FP16; null without heads. */
  sinkHeads: number | null;
  /** First step at which each detector fired, null where it did not; those that had nothing to measure are left out. */
  detectors: { id: DetectorId; firstStep: number | null }[];
}

/** A proposal that the engine at hand does not run. */
export interface RefusedRow {
  kind: 'refused';
  lane: string;
  why: string;
}

/** Whether the pair with more key bits is nearer to FP16 than the same pair exchanged. */
export interface RuleRow {
  kind: 'rule';
  keys: string;
  values: string;
  /** Null: no finding. */
  nearer: 'keys' | 'values' | null;
  /** Steps on which `keys` has the smaller KL, of `steps`. */
  wins: number;
  steps: number;
  /** Mean of KL(keys) - KL(values), nats, with its 95 % interval; null with too few steps. */
  mean: { value: number; low: number; high: number } | null;
  /** Of the sign test. */
  p: number;
}

export type AdviceRow = KeyRow | TextRow | LaneRow | RuleRow | RefusedRow;

const schema = v.object({
  ...textFields,
  scene: v.optional(v.picklist(SCENE_IDS), 'qa'),
  length: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e7)), 1024),
  budget: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0))), null),
  matters: v.optional(v.picklist(MATTERS), 'quality'),
  lanes: v.optional(
    v.nullable(v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(6, 'must be six at most'))),
    null,
  ),
});

/** The proposals for a model, as the page shows them before anything runs. */
export const adviceFor = (settings: AdviceSettings, { summary }: Pick<LabModel, 'summary'>): Advice =>
  propose({ ...settings, budget: settings.budget === null ? null : settings.budget * 1e6 }, summary);

const lanesOf = ({ proposals, swapped }: Advice): string[] => [
  ...proposals.map(({ lane }) => lane),
  ...(swapped ? [swapped.lane] : []),
];

export default experiment<AdviceSettings, AdviceRow>({
  id: 'advice',
  title: 'Advisor',
  text: "Runs up to six proposals for a scene side by side on one text, FP16's own continuation, and compares every one with FP16.",
  schema,
  passes(settings, model) {
    const { forced } = readText(settings, model);
    const advice = adviceFor(settings, model);
    if (advice.proposals.length === 0) {
      throw new KvError(
        'bad-config',
        `No proposal fits ${settings.budget} MB at ${settings.length} tokens.`,
        '',
        'Allow more memory or a shorter text.',
      );
    }
    const names = lanesOf(advice).length;
    return [
      { id: 'model', title: 'Biases of the keys' },
      ...(forced ? [] : [{ id: 'text', title: 'FP16 writes the text' }]),
      { id: 'lanes', title: `${names} caches on it`, ...(forced ? {} : { after: ['text'] }) },
    ];
  },
  async run(settings, pass, host, given) {
    if (pass.id === 'model') return [{ kind: 'model', keyBias: await keyBias(host.model.file) }];
    const { prompt, forced } = readText(settings, host.model);
    if (pass.id === 'text') {
      const tokens = await writtenByShadow(host, prompt, settings.steps);
      if (tokens.length === 0)
        throw new KvError('bad-prompt', 'FP16 ends its answer at once.', '', 'Ask something that takes an answer.');
      return [{ kind: 'text', tokens }];
    }
    const tokens = forced ?? (given('text')[0] as TextRow).tokens;
    return runLanes(adviceFor(settings, host.model), prompt, tokens, host);
  },
});

async function runLanes(advice: Advice, prompt: number[], forced: number[], host: LabHost): Promise<AdviceRow[]> {
  const { lanes, refused } = sorted(lanesOf(advice), host);
  if (lanes.length === 0) return refused;
  const { heads, layers } = host.model.summary;
  const { tokenizer } = host.model;
  const sinks = new SinkShare(lanes.length, heads);
  const run = { lanes: lanes.length + 1, layers, heads, mode: 'same-prefix' as const, measuresHeads: true, key: null };
  const watch = new Watch({ ...run, prompt: tokenizer.decode(prompt), label: (id) => tokenizer.label(id) });
  const text = tokenizer.stream();
  const onFrame = (frame: Frame) => {
    sinks.add(frame);
    const piece = frame.token < 0 ? '' : text.push(frame.token);
    watch.take({ lanes: frame.lanes, heads: frame.heads, pieces: frame.lanes.map(() => piece) });
  };
  const spec = { ...plainSpec(prompt), forced, lanes: lanes.map(parseLane), heads: true };
  const { frames } = await host.run(spec, { onFrame });
  const rows = lanes.map(
    (lane, i): LaneRow => ({
      ...judged(rowOf(lane, i + 1, frames), advice),
      role: lane === advice.swapped?.lane ? 'swapped' : 'proposal',
      sinkHeads: sinks.share(),
      detectors: watch
        .findings(i + 1)
        .filter(({ absent }) => absent === null)
        .map(({ id, firstStep }) => ({ id, firstStep })),
    }),
  );
  return [...rows, ...ruleRows(rows, advice), ...refused];
}

/** With its verdict, and how that stands to the advice that proposed the lane. */
function judged<R extends { lane: string; summary: Summary }>(row: R, { proposals }: Advice) {
  const published = proposals.find(({ lane }) => lane === row.lane)?.published ?? '';
  const verdict = verdictOf(row.summary);
  return { ...row, verdict, published, agreement: published === '' ? null : agreement(verdict) };
}

function ruleRows(rows: readonly LaneRow[], { swapped }: Advice): RuleRow[] {
  const [own, other] = [swapped?.of, swapped?.lane].map((name) => rows.find(({ lane }) => lane === name));
  if (!own || !other) return [];
  const { keys, values, paired } = keysFirst(own, other);
  const { wins, steps, mean, sign } = paired;
  const nearer = paired.nearer && (paired.nearer === 'first' ? 'keys' : 'values');
  return [{ kind: 'rule', keys: keys.lane, values: values.lane, nearer, wins, steps, mean, p: sign.p }];
}

/** Lanes that can run here, and why the others cannot. */
function sorted(all: string[], host: LabHost): { lanes: string[]; refused: RefusedRow[] } {
  const refused = all.flatMap((lane): RefusedRow[] => {
    const why = host.refusal(parseLane(lane));
    return why === null ? [] : [{ kind: 'refused', lane, why }];
  });
  return { lanes: all.filter((lane) => !refused.some((one) => one.lane === lane)), refused };
}

type Judged = 'role' | 'sinkHeads' | 'detectors' | 'verdict' | 'published' | 'agreement';

function rowOf(lane: string, at: number, frames: Frame[]): Omit<LaneRow, Judged> {
  const steps = frames.map((frame) => frame.lanes[at]);
  const kl = steps.map((step) => step.kl);
  const sameTop = steps.map((step) => step.sameTop);
  const summary = laneSummary(frames, at);
  const last = steps[steps.length - 1];
  const first = sameTop.indexOf(false);
  return {
    ...{ kind: 'lane', lane, summary, kl, sameTop },
    firstDivergence: first < 0 ? null : first,
    bytes: last.bytes.total,
    fp16: last.bytes.fp16,
    effectiveBits: last.effectiveBits.packedMean,
    tokens: frames[frames.length - 1].position + 1,
  };
}

/** Mean attention that every head of FP16 gives the first token. */
class SinkShare {
  private sum: Float64Array | null = null;
  private frames = 0;

  constructor(
    private readonly lanes: number,
    private readonly heads: number,
  ) {}

  /** Heads are [L][lanes][H][measures]; a lane's sink mass less its change is the shadow's. */
  add({ heads }: Frame): void {
    const width = HEAD_MEASURES.length;
    const layers = heads.length / (this.lanes * this.heads * width);
    if (!Number.isInteger(layers) || layers === 0) return;
    this.sum ??= new Float64Array(layers * this.heads);
    this.frames++;
    const [sink, change] = [HEAD_MEASURES.indexOf('sink'), HEAD_MEASURES.indexOf('sinkChange')];
    for (let layer = 0; layer < layers; layer++)
      for (let head = 0; head < this.heads; head++) {
        const at = (layer * this.lanes * this.heads + head) * width;
        this.sum[layer * this.heads + head] += heads[at + sink] - heads[at + change];
      }
  }

  share(): number | null {
    const { sum, frames } = this;
    return sum && sum.filter((mass) => mass > frames / 2).length / sum.length;
  }
}

/** Euclidean norm of the key bias of every layer; empty where the model has none. */
async function keyBias(file: ModelFile): Promise<number[]> {
  if (!file.config.qkvBias) return [];
  const norms: number[] = [];
  for (let layer = 0; layer < file.config.layers; layer++) {
    const tensor = file.tensors.get(`blk.${layer}.attn_k.bias`);
    if (!tensor) return [];
    const bytes = await file.source.read(tensor.offset, tensor.bytes);
    norms.push(Math.hypot(...dequantize(tensor.type, bytes, tensor.rows, tensor.cols)));
  }
  return norms;
}
