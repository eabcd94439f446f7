import { parseLane } from '../../kv/lane';
import { rougeL } from '../../measure/rouge';
import type { TaskRow } from '../../measure/task-row';
import type { Frame } from '../../run-types';
import type { LabHost } from '../experiment';
import { plainSpec, writtenByShadow } from '../text';
import type { Question } from './question';

/** What one question gave, in the order of the lanes asked. */
export type Outcome = Omit<TaskRow, 'task' | 'length' | 'i' | 'band' | 'chance' | 'group'>;

/** FP16 alone. In the chat form `fed` holds what it wrote. */
export async function askShadow(host: LabHost, question: Question): Promise<Outcome> {
  const { prompt, answer } = question;
  const clock = stopwatch();
  const fed = answer ?? (await writtenByShadow(host, prompt, question.limit));
  const kept = answer
    ? share((await host.run({ ...plainSpec(prompt), forced: answer })).frames, answer, 0)
    : question.judge(host.model.tokenizer.decode(fed));
  const row = {
    prompt: prompt.length,
    tokens: fed.length,
    ok: [right(kept)],
    kept: [kept],
    kl: [0],
    top: [fed.length],
  };
  return answer ? { ...row, ms: clock() } : { ...row, rouge: [1], ms: clock(), fed };
}

/** Up to seven lanes beside FP16; `written` = what FP16 wrote, in the chat form. */
export async function askLanes(
  host: LabHost,
  question: Question,
  pairs: string[],
  written: number[],
): Promise<Outcome> {
  const { prompt, answer } = question;
  const clock = stopwatch();
  const lanes = pairs.map(parseLane);
  const forced = answer ?? [...written, ...endOf(host, question, written)];
  const { frames } = await host.run({ ...plainSpec(prompt), lanes, forced });
  const scored = frames.slice(0, (answer ?? written).length);
  const row = {
    prompt: prompt.length,
    tokens: scored.length,
    kl: lanes.map((_, i) => Number(sum(scored, (step) => step.lanes[i + 1].kl).toPrecision(7))),
    top: lanes.map((_, i) => sum(scored, (step) => Number(step.lanes[i + 1].sameTop))),
  };
  if (answer) {
    const kept = lanes.map((_, i) => share(frames, answer, i + 1));
    return { ...row, ok: kept.map(right), kept, ms: clock() };
  }
  const own = host.model.tokenizer.decode(written);
  const texts = await writtenByLanes(host, question, pairs, (i) => (follows(host, frames, written, i) ? own : null));
  const kept = texts.map(question.judge);
  const rouge = texts.map((text) => Number(rougeL(text, own).toPrecision(7)));
  return { ...row, ok: kept.map(right), kept, rouge, ms: clock() };
}

/** The stop token where FP16 came to an end before the limit: fed too, it shows whether a lane ends there as well. */
const endOf = ({ model }: LabHost, { limit }: Question, written: readonly number[]): number[] =>
  written.length < limit ? model.tokenizer.stops.slice(0, 1) : [];

/** True where a lane would choose every token of FP16's text and its end: then that is what it writes by itself. */
function follows({ model }: LabHost, frames: readonly Frame[], written: readonly number[], lane: number): boolean {
  const { stops } = model.tokenizer;
  return frames.every(({ step, lanes }) =>
    step < written.length ? lanes[lane + 1].best === written[step] : stops.includes(lanes[lane + 1].best),
  );
}

/** Texts that the lanes write, each going its own way, without the stop token. Only lanes without a `known` text run. */
async function writtenByLanes(
  host: LabHost,
  { prompt, limit }: Question,
  pairs: string[],
  known: (lane: number) => string | null,
): Promise<string[]> {
  const { tokenizer } = host.model;
  const { stops } = tokenizer;
  const asked = pairs.filter((_, i) => known(i) === null);
  const lanes = asked.map(parseLane);
  const run = lanes.length > 0 && host.run({ ...plainSpec(prompt), lanes, mode: 'free-running', steps: limit, stops });
  const { fed } = (await run) || { fed: [] };
  const texts = fed.slice(1).map((ids) => {
    const end = ids.findIndex((id) => id < 0 || stops.includes(id));
    return tokenizer.decode(end < 0 ? ids : ids.slice(0, end));
  });
  return pairs.map((_, i) => known(i) ?? (texts.shift() as string));
}

/** Share of the answer's tokens that are the lane's own first choice. A greedy answer is right if and only if all are. */
const share = (frames: readonly Frame[], answer: readonly number[], lane: number): number =>
  sum(frames, (frame) => Number(frame.lanes[lane].best === answer[frame.step])) / answer.length;

const right = (kept: number): number => Number(kept === 1);
const sum = (frames: readonly Frame[], of: (frame: Frame) => number): number =>
  frames.reduce((total, frame) => total + of(frame), 0);

function stopwatch(): () => number {
  const started = performance.now();
  return () => Math.round(performance.now() - started);
}
