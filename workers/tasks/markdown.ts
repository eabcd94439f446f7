import { wilson } from '../../gpu/measure/statistics/wilson';
import type { TaskReport } from '../../gpu/measure/task-report';
import { linesOf } from '../../gpu/measure/task-report';
import type { TaskCell } from '../../gpu/measure/task-table';

/** A report as Markdown: exact match with its interval, then KL and same-top at the tokens of the answers. */
export function markdownOf(report: TaskReport): string {
  const { model, sha256, adapter, date, form, shots, seed, count, least, pairs, receipt } = report;
  const lines = linesOf(report);
  const asked = `${form} form, ${shots} solved examples, seeds from ${seed}, ${count} questions by task and length`;
  const solved = lines.filter((line) => line.isSolved);
  const failed = lines.filter((line) => !line.isSolved);
  const one = (title: string, text: (cell: TaskCell) => string) => [
    `### ${title}`,
    `| task | tokens | n | chance | FP16 | ${pairs.map(short).join(' | ')} |`,
    `|---|---|---|---|---|${pairs.map(() => '---|').join('')}`,
    ...solved.map(({ task, length, fp16, lanes }) => {
      const cells = pairs.map((pair) => lanes.get(pair)).map((cell) => (cell ? text(cell) : 'not run'));
      return `| ${task} | ${length} | ${fp16.n} | ${percent(fp16.chance)} | ${text(fp16)} | ${cells.join(' | ')} |`;
    }),
    '',
  ];
  const all = [
    `## ${model}`,
    `sha256 ${sha256.slice(0, 12)}, ${adapter}, ${date}; ${asked}; receipt ${receipt ?? 'none'}.`,
    '',
    ...one('Exact match, % [95 % Wilson interval]', exact),
    ...one('KL per token of the answer, nats', ({ kl }) => (kl === null ? 'none' : kl.toPrecision(3))),
    ...one('Same first choice as FP16, %', ({ sameTop }) => (sameTop === null ? 'none' : percent(sameTop))),
  ];
  const left = failed.map(({ task, length, fp16 }) => `${task} ${length}: ${exact(fp16)}`);
  if (left.length > 0) all.push(`Not scored, FP16 below ${percent(least)} %: ${left.join('; ')}.`, '');
  return all.join('\n');
}

const short = (pair: string): string => pair.replace(/^k=(\S+) v=(\S+)$/, 'K$1 V$2');
const percent = (share: number): string => (100 * share).toFixed(1).replace(/\.0$/, '');

function exact({ right, n }: TaskCell): string {
  const { low = 0, high = 1 } = wilson(right, n) ?? {};
  return `${percent(right / n)} [${Math.round(100 * low)}, ${Math.round(100 * high)}]`;
}
