import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openEngine } from '../gpu/engine';
import { KvError } from '../gpu/errors';
import { formatPairs } from '../gpu/kv/layer-pairs';
import { openGguf } from '../gpu/load/gguf';
import { pathSource } from '../gpu/load/node-source';
import { openTokenizer } from '../gpu/load/tokenizer';
import { bundledModel } from './bundled-model';
import { readSpec } from './eval/input';
import { readOptions } from './eval/options';
import { openNodeGpu } from './node-gpu';
import { runTool } from './tool';
import { tune } from './tune/search';

const USAGE =
  'npm run tune -- --model FILE (--text FILE | --tokens FILE) [--prompt-tokens P] [--budget BITS] [--scheme perToken|kivi]';

/**
 * Widths for every layer under a budget, by the divergence they cost on your own text: a `pairs=` word for lanes of the system kvtuner.
 * KLD-greedy, in the manner of KVTuner. One JSON document on stdout.
 */
runTool(async (args, print) => {
  const { own, rest } = split(args);
  const options = readOptions(rest, (path) => readFileSync(path, 'utf8'));
  const file = await openGguf(await pathSource(options.model ?? bundledModel()));
  const { prompt, forced } = readSpec(options, openTokenizer(file.metadata));
  if (!forced) throw new KvError('usage', 'a search needs a text to score', '', USAGE);
  const engine = await openEngine(await openNodeGpu(), file);
  const progress = (done: number, total: number) => process.stderr.write(`${done} of ${total} lanes\n`);
  const { pairs, ...found } = await tune(engine, { prompt, forced, ...own, progress });
  print({
    version: 1,
    model: file.config.name,
    ...own,
    lane: `system=kvtuner scheme=${own.scheme} pairs=${formatPairs(pairs)}`,
    ...found,
  });
});

function split(args: string[]): { own: { budget: number; scheme: 'perToken' | 'kivi' }; rest: string[] } {
  const { values, tokens } = parseArgs({
    args,
    strict: false,
    tokens: true,
    options: { budget: { type: 'string', default: '4' }, scheme: { type: 'string', default: 'perToken' } },
  });
  const budget = Number(values.budget);
  if (!(budget >= 2 && budget <= 8))
    throw new KvError('usage', `--budget cannot be "${values.budget}".`, '2 to 8 bits are possible.');
  const { scheme } = values;
  if (scheme !== 'perToken' && scheme !== 'kivi')
    throw new KvError('usage', `--scheme cannot be "${scheme}".`, 'perToken and kivi are possible.');
  const own = new Set(
    tokens.flatMap((token) =>
      token.kind === 'option' && ['budget', 'scheme'].includes(token.name)
        ? [token.index, ...(token.inlineValue ? [] : [token.index + 1])]
        : [],
    ),
  );
  return { own: { budget, scheme }, rest: args.filter((_, i) => !own.has(i)) };
}
