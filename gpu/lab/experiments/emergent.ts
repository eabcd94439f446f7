import * as v from 'valibot';
import type { TaskRow } from '../../measure/task-row';
import type { Length } from '../../tasks/task';
import type { LabModel } from '../experiment';
import { experiment } from '../experiment';
import { askPass } from '../tasks/ask-pass';
import { askFields, whole } from '../tasks/fields';
import type { TaskPass } from '../tasks/plan';
import { formOf, passesOf } from '../tasks/plan';
import { FORMAT, MAPPING } from '../tasks/question';
import { askRounded, WEIGHTS, weightsPass } from '../tasks/weights';

/** Abilities said to emerge: a rule from examples, a chain of thought, an instruction followed. */
const PROBES = ['icl', 'cot', 'if'] as const;
type Probe = (typeof PROBES)[number];

interface Settings {
  probes: Probe[];
  count: number;
  pairs: string[];
  seed: number;
  form: 'auto' | 'plain' | 'chat';
  least: number | null;
  weights: number[];
}

/** Both sides at 8, 4 and 2 bits; then one side alone. */
const PAIRS = ['k=8 v=8', 'k=4 v=4', 'k=2 v=2', 'k=4 v=16', 'k=2 v=16', 'k=16 v=4', 'k=16 v=2'];

const schema = v.strictObject({
  probes: v.optional(v.pipe(v.array(v.picklist(PROBES, 'knows icl, cot, if')), v.minLength(1)), [...PROBES]),
  ...askFields(30, PAIRS),
  /** Weights rounded to these widths, each a second load of the model beside an FP16 cache; empty: none. */
  weights: v.optional(v.array(whole(1, 8)), [8, 4, 2]),
});

/** What stands for a probe: a model that takes no instructions is asked for its trained form of a summary instead. */
function taskOf(probe: Probe, settings: Settings, model: LabModel): { task: string; length: Length } {
  if (probe === 'icl') return { task: MAPPING, length: 64 };
  if (probe === 'cot') return { task: 'arithmetic', length: 128 };
  return formOf(settings, model) === 'chat' ? { task: FORMAT, length: 64 } : { task: 'extract', length: 128 };
}

/**
 * The protocol of "Do emergent abilities exist in quantized large language models" (arXiv 2307.08072), carried over from weights to
 * the cache: the same three kinds of probe at 16, 8, 4 and 2 bits. The study quantized weights by GPTQ and no cache.
 */
export default experiment<Settings, TaskRow>({
  id: 'emergent',
  title: 'Emergent abilities',
  text: 'Three kinds of probe (a rule from examples, a chain of sums, a form asked for) at 16, 8, 4 and 2 bits for keys and values.',
  schema,
  passes: (settings, model) =>
    settings.probes.flatMap((probe) => {
      const { task, length } = taskOf(probe, settings, model);
      const passes = passesOf(task, length, settings);
      return settings.weights.length > 0 ? [...passes, weightsPass(passes, settings)] : passes;
    }),
  run(settings, pass, host, given) {
    const asked = { ...settings, depths: 1, shots: 0 };
    const shadow = (pass.after ?? []).flatMap(given);
    const { group } = pass as TaskPass;
    return (group === WEIGHTS ? askRounded : askPass)(pass as TaskPass, asked, host, shadow);
  },
});
