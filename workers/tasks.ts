import { KvError } from '../gpu/errors';
import { runSweep } from './sweep/run';
import { markdownOf } from './tasks/markdown';
import { tablesOf } from './tasks/table';
import { runTool } from './tool';

const USAGE =
  'npm run tasks -- --model FILE [--set NAME=VALUE ...] [--out FILE.jsonl] [--shard I/N], or --table|--json FILE.jsonl ...';

/**
 * `npm run tasks`: the sweep of the experiment `tasks`. `--table FILES` prints what such files hold as Markdown, `--json FILES` as
 * the document that `public/lab/tasks.json` is.
 */
runTool(async (args, print) => {
  const [first, ...files] = args;
  if (first !== '--table' && first !== '--json') return runSweep(['tasks', ...args], print);
  if (files.length === 0) throw new KvError('usage', 'Name a file of results.', '', USAGE);
  const tables = tablesOf(files);
  if (first === '--json') print({ version: 1, tables });
  else process.stdout.write(`${tables.map(markdownOf).join('\n')}\n`);
});
