import { KvError, toPlain } from '../gpu/errors';

const FAULTS = new Set(['internal', 'device-lost', 'out-of-memory']);
const NO_ADAPTER = new Set(['no-webgpu', 'no-adapter', 'limit']);

/**
 * Runs a terminal program and ends the process: 0 = done, 2 = bad usage or input, 3 = no usable adapter, 1 = a fault.
 * `print` writes one line of JSON to stdout. An error is the last line on stderr, below what graphics drivers say there.
 */
export function runTool(main: (args: string[], print: (value: object) => void) => Promise<void>): void {
  // The reader has gone (`| head`): nothing is left to do.
  process.stdout.on('error', () => process.exit(1));
  const print = (value: object): void => {
    process.stdout.write(`${JSON.stringify(value)}\n`);
  };
  main(process.argv.slice(2), print).then(
    // Exit drops what a slow reader of a pipe has not taken yet, so wait for it.
    () => process.stdout.write('', () => process.exit(0)),
    (error: unknown) => {
      const { code, message, why, next } = toPlain(error);
      const known = error instanceof KvError;
      if (!known) process.stderr.write(`${(error as Error)?.stack ?? ''}\n`);
      const line = [message, why, known ? next : ''].filter(Boolean).join(' ').replace(/\s+/g, ' ');
      const exit = NO_ADAPTER.has(code) ? 3 : FAULTS.has(code) ? 1 : 2;
      process.stderr.write(`error: ${line}\n`, () => process.exit(exit));
    },
  );
}
