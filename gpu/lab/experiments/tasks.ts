import * as v from 'valibot';
import type { TaskRow } from '../../measure/task-row';
import { LENGTHS } from '../../tasks/task';
import { experiment } from '../experiment';
import { askPass } from '../tasks/ask-pass';
import { askFields, whole } from '../tasks/fields';
import type { TaskPass, TaskSettings } from '../tasks/plan';
import { taskPasses } from '../tasks/plan';
import { TASK_IDS } from '../tasks/question';

/** K in {16, 8, 4, 3, 2} x V in {16, 8, 4, 2}; K16 V16 is the shadow itself. */
const PAIRS = [16, 8, 4, 3, 2].flatMap((k) => [16, 8, 4, 2].map((b) => `k=${k} v=${b}`)).slice(1);

const schema = v.strictObject({
  tasks: v.optional(v.pipe(v.array(v.picklist(TASK_IDS, `knows ${TASK_IDS.join(', ')}`)), v.minLength(1)), TASK_IDS),
  /** Tokens of prompt and answer, as the bundled model counts them. */
  lengths: v.optional(
    v.pipe(v.array(v.picklist(LENGTHS, `knows ${LENGTHS.join(', ')}`)), v.minLength(1)),
    [64, 128, 256],
  ),
  /** Parts of the text that the needle goes through. */
  depths: v.optional(whole(1, 10), 5),
  ...askFields(50, PAIRS),
  /** Plain form: solved questions put before each one. */
  shots: v.optional(whole(0, 8), 0),
});

/** Every pass asks the same held-out questions; lanes are asked only what FP16 can do. */
export default experiment<TaskSettings, TaskRow>({
  id: 'tasks',
  title: 'Tasks by length',
  text: 'Questions with one right answer at several lengths: how many each pair of widths still answers, with intervals.',
  schema,
  passes: taskPasses,
  run: (settings, pass, host, given) => askPass(pass as TaskPass, settings, host, (pass.after ?? []).flatMap(given)),
});
