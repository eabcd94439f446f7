import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TinyOptions } from '../fixtures/tiny-gguf';
import { tinyGguf } from '../fixtures/tiny-gguf';
import { project } from '../setup/env';

export interface Ran {
  /** null = killed, because it did not end in time. */
  code: number | null;
  stdout: string;
  /** Milliseconds from the first output to the end. */
  spanMs: number;
  /** Lines that are not a driver's own. */
  stderr: string[];
}

/** Runs `npm run eval` (headless), `bench`, `record` or `sweep` as a process of its own. `reads` false leaves stdout alone for a while. */
export function runCli(
  name: 'headless' | 'bench' | 'record' | 'sweep' | 'tasks',
  args: string[],
  { env = {}, reads = true }: { env?: Record<string, string>; reads?: boolean } = {},
): Promise<Ran> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [project('scripts/host.mjs'), name, ...args], {
      env: { ...process.env, ...env },
      timeout: 90_000,
      killSignal: 'SIGKILL',
    });
    const pieces: string[] = [];
    let stderr = '';
    let first = 0;
    child.stdout.setEncoding('utf8');
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const read = () =>
      child.stdout.on('data', (text: string) => {
        first ||= performance.now();
        pieces.push(text);
      });
    if (reads) read();
    else child.stdout.once('readable', () => setTimeout(read, 1000));
    child.on('close', (code) => {
      const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/^(Warning: | +at )/.test(line));
      done({ code, stdout: pieces.join(''), spanMs: performance.now() - first, stderr: lines });
    });
  });
}

/** A folder for one test file, with a model in it. */
export function cliFolder() {
  const path = mkdtempSync(join(tmpdir(), 'kvscope-'));
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(path, name), content);
    return join(path, name);
  };
  return {
    path,
    write,
    model: (name: string, options: TinyOptions = {}) => write(name, tinyGguf({ types: 'Q8_0', ...options })),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
