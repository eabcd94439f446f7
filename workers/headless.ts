import { readFileSync } from 'node:fs';
import { listing } from './eval/listing';
import { readOptions } from './eval/options';
import { runEval } from './eval/run-eval';
import { runTool } from './tool';

/** `npm run eval`: the result on stdout, the rest on stderr. */
runTool(async (args, print) => {
  const options = readOptions(args, (path) => readFileSync(path, 'utf8'));
  if (options.list) print(listing());
  else await runEval(options, print);
});
