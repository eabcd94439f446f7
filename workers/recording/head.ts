import * as v from 'valibot';
import { toPlain } from '../../gpu/errors';
import { shadowConfig } from '../../gpu/kv/config';
import { formatLane, parseLane } from '../../gpu/kv/lane';
import { formatMoves, parseMoves } from '../../gpu/kv/moves';
import { alteredRecording } from './fault';
import type { RecordedRun } from './recording';

/**
 * The head of a recording: everything but the numbers by step. Lanes and moves stand in the words of links and of `npm run eval`.
 * A checksum tells that nothing changed on the way, not that the writer meant well: whatever is read is checked.
 */
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 52));
const upTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
const real = v.pipe(v.number(), v.finite());
const text = v.pipe(v.string(), v.maxLength(200_000));
const word = v.pipe(v.string(), v.maxLength(400));
const at = v.strictObject({ layer: upTo(1000), head: upTo(1000) });
const decode = v.strictObject({ temperature: real, topK: count, topP: real, minP: real, seed: count });
const laneBytes = v.strictObject({
  ...{ codes: count, meta: count, exact: count, tables: count, total: count, reserved: count },
  ...{ instrumentation: count, fp16: count, k: count, v: count },
});

const STEPS = 2 ** 16;
const schema = v.object({
  settings: v.strictObject({
    text,
    chat: v.boolean(),
    steps: upTo(STEPS),
    mode: v.picklist(['same-prefix', 'free-running']),
    decode,
    lanes: v.pipe(v.array(word), v.minLength(1), v.maxLength(7)),
    moves: text,
  }),
  model: v.strictObject({
    ...{ name: word, sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), fileBytes: count, arch: word },
    ...{ layers: upTo(1000), heads: upTo(1000), kvHeads: upTo(1000), headDim: upTo(4096) },
    ...{
      hidden: count,
      ffn: count,
      vocab: count,
      context: count,
      /** Not said in older recordings; nothing that is played needs it. */
      qkvBias: v.optional(v.boolean(), false),
      qkNorm: v.optional(v.boolean(), false),
      hasChat: v.boolean(),
      weightBytes: count,
      loadMs: real,
    },
  }),
  modelRef: word,
  adapter: v.strictObject({ name: word, software: v.boolean() }),
  prompt: v.strictObject({ ids: v.array(count), pieces: v.array(text) }),
  info: v.strictObject({ cap: upTo(2 * STEPS), bytes: v.array(laneBytes), gpuBytes: count, prefillMs: real }),
  reason: v.nullable(v.picklist(['steps', 'stop', 'text'])),
  head: at,
  receipt: v.strictObject({ steps: upTo(STEPS), tokens: word, kl: word, prefixes: v.array(word) }),
  count: upTo(STEPS),
  /** By lane and step; one list serves all lanes that have the same. */
  pieces: v.array(v.array(text)),
  labels: v.array(v.tuple([count, text])),
});

export type Head = v.InferOutput<typeof schema>;

export function headOf(run: RecordedRun, rest: Pick<Head, 'receipt' | 'count' | 'pieces' | 'labels'>): Head {
  const { cap, bytes, gpuBytes, prefillMs } = run.info;
  const { name, software } = run.adapter;
  const { lanes, moves } = run.settings;
  return {
    settings: { ...run.settings, lanes: lanes.map(formatLane), moves: formatMoves(moves) },
    model: run.model,
    modelRef: run.modelRef,
    adapter: { name, software },
    prompt: run.prompt,
    info: { cap, bytes, gpuBytes, prefillMs },
    reason: run.reason,
    head: run.head,
    ...rest,
  };
}

/** Errors: bad-recording, naming the field. */
export function readHead(json: unknown): Head {
  const read = v.safeParse(schema, json);
  if (read.success) {
    const head = read.output;
    const { prompt, info, settings, pieces } = head;
    const lanes = settings.lanes.length + 1;
    const fits =
      prompt.ids.length > 0 &&
      prompt.ids.length === prompt.pieces.length &&
      info.bytes.length === lanes &&
      [1, lanes].includes(pieces.length) &&
      pieces.every((list) => list.length === head.count) &&
      head.model.heads % Math.max(1, head.model.kvHeads) === 0 &&
      head.head.layer < head.model.layers &&
      head.head.head < head.model.heads &&
      head.count > 0;
    if (fits) return head;
    throw alteredRecording('The counts in its head do not agree.');
  }
  const [issue] = read.issues;
  throw alteredRecording(`Its field "${v.getDotPath(issue) ?? 'head'}" cannot be read: ${issue.message}.`);
}

/** The facts of the run, lanes and moves as configurations. Errors: bad-recording where this page knows no such lane. */
export function runOf(head: Head): RecordedRun {
  const { settings, info, prompt, ...rest } = head;
  try {
    const lanes = settings.lanes.map(parseLane);
    const moves = parseMoves(settings.moves);
    if (moves.some((move) => move.lane > lanes.length))
      throw alteredRecording('It moves a lane that it does not have.');
    return {
      settings: { ...settings, lanes, moves },
      ...{
        model: rest.model,
        modelRef: rest.modelRef,
        adapter: rest.adapter,
        prompt,
        reason: rest.reason,
        head: rest.head,
      },
      info: {
        ...info,
        run: 0,
        promptTokens: prompt.ids.length,
        configs: [shadowConfig(), ...structuredClone(lanes)],
        decode: settings.decode,
      },
    };
  } catch (error) {
    const { message, why } = toPlain(error);
    throw alteredRecording(`${message} ${why}`.trim());
  }
}
