import * as v from 'valibot';
import { parseLane } from '../../kv/lane';
import type { TaskRow } from '../../measure/task-row';
import { GROUP, leastShare } from '../../measure/task-row';
import { range } from '../../tasks/random';
import { LENGTHS } from '../../tasks/task';
import { experiment } from '../experiment';
import { askLanes, askShadow } from '../tasks/ask';
import { HELD_OUT } from '../tasks/held-out';
import type { TaskPass, TaskSettings } from '../tasks/plan';
import { formOf, shareOf, taskPasses } from '../tasks/plan';
import { questionOf, TASK_IDS } from '../tasks/question';

/** K in {16, 8, 4, 3, 2} x V in {16, 8, 4, 2}; K16 V16 is the shadow itself. */
const PAIRS = [16, 8, 4, 3, 2].flatMap((k) => [16, 8, 4, 2].map((b) => `k=${k} v=${b}`)).slice(1);

const whole = (least: number, most: number) =>
  v.pipe(v.number('must be a number'), v.integer('must be a whole number'), v.minValue(least), v.maxValue(most));
const lane = v.pipe(
  v.string('must be a lane string'),
  v.check((text) => isLane(text), 'has a pair that cannot be read'),
);

const schema = v.strictObject({
  tasks: v.optional(v.pipe(v.array(v.picklist(TASK_IDS, `knows ${TASK_IDS.join(', ')}`)), v.minLength(1)), TASK_IDS),
  /** Tokens of prompt and answer, as the bundled model counts them. */
  lengths: v.optional(
    v.pipe(v.array(v.picklist(LENGTHS, `knows ${LENGTHS.join(', ')}`)), v.minLength(1)),
    [64, 128, 256],
  ),
  /** Parts of the text that the needle goes through. */
  depths: v.optional(whole(1, 10), 5),
  /** Questions by task and length. */
  count: v.optional(whole(1, 1000), 50),
  pairs: v.optional(v.pipe(v.array(lane), v.minLength(1), v.maxLength(70)), PAIRS),
  /** First of the held-out seeds. */
  seed: v.optional(whole(0, 2 ** 31), HELD_OUT),
  form: v.optional(v.picklist(['auto', 'plain', 'chat'], 'is auto, plain or chat'), 'auto'),
  /** Plain form: solved questions put before each one. */
  shots: v.optional(whole(0, 8), 0),
  /** Share that FP16 must have right; null: 0.6, for the bundled model 0.95. */
  least: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))), null),
});

/** Every pass asks the same held-out questions; lanes are asked only what FP16 can do. */
export default experiment<TaskSettings, TaskRow>({
  id: 'tasks',
  title: 'Tasks by length',
  text: 'Questions with one right answer at several lengths: how many each pair of widths still answers, with intervals.',
  schema,
  passes: taskPasses,
  async run(settings, pass, host, given) {
    const { task, length, from, to, group } = pass as TaskPass;
    const asked = { ...settings, task, length, form: formOf(settings, host.model) };
    const shadow = (pass.after ?? []).flatMap(given);
    const least = settings.least ?? leastShare(host.model.summary.name);
    if (group >= 0 && shareOf(shadow) < least) return [];
    const pairs = settings.pairs.slice(group * GROUP, (group + 1) * GROUP);
    const rows: TaskRow[] = [];
    host.progress(0);
    for (const i of range(to - from).map((at) => from + at)) {
      const question = questionOf(host.model, asked, i);
      const { band, chance } = question;
      const written = shadow.find((row) => row.i === i)?.fed ?? [];
      const outcome = group < 0 ? await askShadow(host, question) : await askLanes(host, question, pairs, written);
      rows.push({ task, length, i, band, chance, group, ...outcome });
      host.progress(rows.length / (to - from));
    }
    return rows;
  },
});

function isLane(text: string): boolean {
  try {
    parseLane(text);
    return true;
  } catch {
    return false;
  }
}
