import * as v from 'valibot';
import { KvError } from '../../errors';
import { parseLane } from '../../kv/lane';
import { encodePrompt } from '../../load/encode-prompt';
import type { Absence, DetectorId } from '../../measure/detector';
import { detectors } from '../../measure/detector-registry';
import { percentile } from '../../measure/percentile';
import { textFeed, watchOf } from '../../measure/text-watch';
import type { Watch } from '../../measure/watch';
import type { RunSpec } from '../../run-types';
import type { LabHost, Pass } from '../experiment';
import { experiment } from '../experiment';
import { plainSpec } from '../text';

const prompt = v.strictObject({
  id: v.string(),
  text: v.string(),
  chat: v.optional(v.boolean(), false),
  /** Answer that the text should come to. */
  key: v.optional(v.nullable(v.string()), null),
});

const schema = v.strictObject({
  prompts: v.optional(v.array(prompt), []),
  lanes: v.optional(v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(7)), ['k=8 v=8', 'k=2 v=4']),
  steps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2048)), 256),
});

export type AlarmSettings = v.InferOutput<typeof schema>;

/** What one detector said of one lane in one run. */
export interface AlarmRow {
  prompt: string;
  mode: RunSpec['mode'];
  /** FP16 for the shadow, else the lane's words. */
  lane: string;
  detector: DetectorId;
  threshold: number;
  firstStep: number | null;
  peak: number;
  /** 95 % of the values. */
  p95: number;
  /** Steps with a value, and how many of them lie above the threshold. */
  steps: number;
  above: number;
  absent: Absence | null;
}

/** Left by the free-running pass: what FP16 wrote, which the other pass feeds to all lanes. */
interface TextRow {
  written: number[];
}

/** Both modes of every prompt: each lane on its own text, then all lanes on the text of FP16. */
export default experiment<AlarmSettings, AlarmRow | TextRow>({
  id: 'alarms',
  title: 'False alarms',
  text: 'How often each detector fires on the shadow and on lanes at 8 bits, and what fires where the keys have 2.',
  schema,
  passes({ prompts }) {
    return prompts.flatMap(({ id }): Pass[] => [
      { id: `free.${id}`, title: `${id}: each lane writes its own text` },
      { id: `same.${id}`, title: `${id}: every lane reads what FP16 wrote`, after: [`free.${id}`] },
    ]);
  },
  async run(settings, pass, host, given) {
    const [mode, id] = pass.id.split('.');
    const asked = settings.prompts.find((one) => one.id === id);
    if (!asked) throw new KvError('internal', `There is no prompt ${id}.`);
    const base: RunSpec = {
      ...plainSpec(encodePrompt(host.model.tokenizer, asked)),
      lanes: settings.lanes.map((words) => parseLane(words)),
      steps: settings.steps,
      heads: true,
    };
    if (mode === 'free')
      return freePass(host, { ...base, mode: 'free-running', stops: host.model.tokenizer.stops }, asked, settings);
    const [{ written }] = given(`free.${id}`) as TextRow[];
    // FP16 may end its text at once.
    if (written.length === 0) return [];
    const { rows } = await watched(host, { ...base, forced: written, steps: written.length }, asked.key);
    return rows.map((row) => named(row, asked.id, 'same-prefix', settings));
  },
});

type Asked = AlarmSettings['prompts'][number];

async function freePass(
  host: LabHost,
  spec: RunSpec,
  asked: Asked,
  settings: AlarmSettings,
): Promise<(AlarmRow | TextRow)[]> {
  const { rows, fed } = await watched(host, spec, asked.key);
  const end = fed[0].findIndex((id) => id < 0 || spec.stops.includes(id));
  const written = end < 0 ? fed[0] : fed[0].slice(0, end);
  return [{ written }, ...rows.map((row) => named(row, asked.id, 'free-running', settings))];
}

type LaneRow = Omit<AlarmRow, 'prompt' | 'mode' | 'lane'> & { index: number };

const named = ({ index, ...row }: LaneRow, id: string, mode: RunSpec['mode'], { lanes }: AlarmSettings): AlarmRow => ({
  prompt: id,
  mode,
  lane: index === 0 ? 'FP16' : lanes[index - 1],
  ...row,
});

/** One run under all detectors. */
async function watched(
  host: LabHost,
  spec: RunSpec,
  key: string | null,
): Promise<{ rows: LaneRow[]; fed: number[][] }> {
  const { tokenizer, summary } = host.model;
  const watch = watchOf(spec, summary, tokenizer, key);
  const { fed } = await host.run(spec, { onFrame: textFeed(watch, tokenizer) });
  const lanes = Array.from({ length: spec.lanes.length + 1 }, (_, lane) => lane);
  return { rows: lanes.flatMap((lane) => rowsOf(watch, lane)), fed };
}

function rowsOf(watch: Watch, index: number): LaneRow[] {
  return detectors.map(({ id, threshold }) => {
    const { firstStep, peak, steps, absent } = watch.finding(id, index);
    const values = watch
      .values(id, index)
      .filter((value) => !Number.isNaN(value))
      .sort();
    const above = values.filter((value) => value > threshold).length;
    return { index, detector: id, threshold, firstStep, peak, p95: percentile(values, 0.95), steps, above, absent };
  });
}
