import { readFileSync } from 'node:fs';
import { KvError, toPlain } from '../gpu/errors';
import { listing } from './eval/listing';
import { readOptions } from './eval/options';
import { runEval } from './eval/run-eval';

/** `npm run eval`: result on stdout, the rest on stderr. Exit 0 = done, 2 = bad usage or input, 3 = no usable adapter, 1 = a fault. */
async function main(args: string[]): Promise<void> {
  const options = readOptions(args, (path) => readFileSync(path, 'utf8'));
  const write = (value: object): void => {
    process.stdout.write(`${JSON.stringify(value)}\n`);
  };
  if (options.list) return write(listing());
  await runEval(options, write);
}

const INPUT_FAULT = new Set(['internal', 'device-lost', 'out-of-memory']);
const NO_ADAPTER = new Set(['no-webgpu', 'no-adapter', 'limit']);

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    const { code, message, why, next } = toPlain(error);
    process.stderr.write(`${[message, why, next].filter(Boolean).join(' ').replace(/\s+/g, ' ')}\n`);
    if (!(error instanceof KvError)) process.stderr.write(`${(error as Error)?.stack ?? ''}\n`);
    process.exit(NO_ADAPTER.has(code) ? 3 : INPUT_FAULT.has(code) ? 1 : 2);
  },
);
