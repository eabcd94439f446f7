import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { KvError } from '../../gpu/errors';

/** One pass that is done: a line of the output, which is also what a later call goes on from. */
export interface Line {
  pass: string;
  rows: object[];
  ms: number;
}

export interface Lines {
  /** Rows by pass. */
  given: Record<string, object[]>;
  add(line: Line): void;
}

/**
 * What is done already, and where more goes: a file of JSON lines that begins with `head`, or stdout. A line that a killed process
 * left half-written is taken out, and its pass runs again. Errors: usage for a file with another head.
 */
export function openLines(out: string | null, head: object, print: (value: object) => void): Lines {
  const write = (value: object) => (out ? appendFileSync(out, `${JSON.stringify(value)}\n`) : print(value));
  const given: Record<string, object[]> = {};
  const done = out && existsSync(out) ? wholeLines(out, JSON.stringify(head)) : null;
  if (done) for (const line of done) given[line.pass] = line.rows;
  else write(head);
  return {
    given,
    add(line) {
      given[line.pass] = line.rows;
      write(line);
    },
  };
}

/** The passes of a file, which then holds nothing but whole lines; null where it has not even its head. */
function wholeLines(path: string, head: string): Line[] | null {
  const text = readFileSync(path, 'utf8');
  const [first, ...rest] = text.split('\n').filter((line) => line !== '');
  if (first !== undefined && first !== head && !(rest.length === 0 && head.startsWith(first))) throw otherHead(path);
  const lines = first === head ? [head, ...rest.filter((line) => parsed(line) !== undefined)] : [];
  const whole = lines.map((line) => `${line}\n`).join('');
  if (text !== whole) {
    writeFileSync(`${path}.part`, whole);
    renameSync(`${path}.part`, path);
  }
  return lines.length === 0 ? null : lines.slice(1).map(parsed).filter(isLine);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const isLine = (value: unknown): value is Line =>
  typeof (value as Line)?.pass === 'string' && Array.isArray((value as Line).rows);

const otherHead = (path: string) =>
  new KvError(
    'usage',
    `${path} holds results of other settings, another model or another adapter.`,
    '',
    'Name another file with --out.',
  );
