import { rougeL } from '../../measure/rouge';
import type { TaskRow } from '../../measure/task-row';
import type { LabHost } from '../experiment';
import { askShadow } from './ask';
import type { AskSettings } from './ask-pass';
import { askEach, isAsked } from './ask-pass';
import type { TaskPass } from './plan';

/** Group of the rows whose weights are rounded: no lanes, but whole models. */
export const WEIGHTS = 1000;

/** One pass over all questions, after those of FP16, so that each width is loaded once. */
export function weightsPass(
  passes: readonly TaskPass[],
  { count, weights }: { count: number; weights: number[] },
): TaskPass {
  const { task, length, title } = passes[0];
  const after = passes.filter(({ group }) => group < 0).map(({ id }) => id);
  const name = `${title.split(', ').slice(0, 2).join(', ')}, weights at ${weights.join(', ')} bits`;
  return { id: `${task}-${length}-weights`, title: name, after, task, length, from: 0, to: count, group: WEIGHTS };
}

/**
 * What the model answers with rounded weights and an FP16 cache. A rounded model is no lane, it has its own hidden states from the
 * first token on: answers are counted, KL and same-top are not measured.
 */
export async function askRounded(
  pass: TaskPass,
  settings: AskSettings & { weights: number[] },
  host: LabHost,
  shadow: readonly TaskRow[],
): Promise<TaskRow[]> {
  if (!isAsked(shadow, settings, host)) return [];
  const { tokenizer } = host.model;
  const written = new Map(shadow.map(({ i, fed }) => [i, fed && tokenizer.decode(fed)]));
  const rows: TaskRow[] = [];
  for (const [at, bits] of settings.weights.entries()) {
    host.progress(at / settings.weights.length);
    const all = await host.rounded(bits, (rounded) =>
      askEach(pass, settings, rounded, (question) => askShadow(rounded, question)),
    );
    for (const { fed, rouge, ...row } of all) {
      const own = written.get(row.i);
      const near = fed && own !== undefined ? { rouge: [rougeL(tokenizer.decode(fed), own)] } : {};
      rows.push({ ...row, ...near, lanes: [`w=${bits}`], tokens: 0, top: [0] });
    }
  }
  return rows;
}
