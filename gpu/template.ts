import { KvError } from './errors';

export type Consts = Record<string, number | boolean>;

const apply: Record<string, (i: number, n: number) => number> = {
  '+': (i, n) => i + n,
  '/': (i, n) => Math.floor(i / n),
  '%': (i, n) => i % n,
};

/**
 * Expands three line directives in a WGSL text. Loops are unrolled as text because software adapters keep
 * `array` locals in memory (measured: 2.5 times slower on SwiftShader than named variables).
 *
 *   #for r R     repeats up to the matching #end with {r} replaced by 0 .. R-1, {r+N}, {r/N} and {r%N} by
 *                that plus N, divided by N (whole), and the rest (R, N: constants or numbers)
 *   #if NAME     keeps the lines when the constant is true (or not 0); #if !NAME when it is not
 *   #end
 */
export function expand(source: string, consts: Consts): string {
  const lines = source.split('\n');
  const value = (word: string): number => {
    const found = /^\d+$/.test(word) ? Number(word) : consts[word];
    if (found === undefined) throw new KvError('internal', `WGSL template: unknown constant ${word}`);
    return Number(found);
  };

  function block(from: number, substitute: (line: string) => string, keep: boolean, out: string[]): number {
    let at = from;
    while (at < lines.length) {
      const line = substitute(lines[at]).trim();
      if (line === '#end') return at + 1;
      const loop = /^#for (\w+) (\w+)$/.exec(line);
      const test = /^#if (!?)(\w+)$/.exec(line);
      if (loop) {
        const count = value(loop[2]);
        const name = new RegExp(`\\{${loop[1]}(?:([+/%])(\\w+))?\\}`, 'g');
        let end = at + 1;
        for (let i = 0; i < Math.max(count, 1); i++) {
          end = block(
            at + 1,
            (l) => substitute(l).replace(name, (_, sign, word) => String(sign ? apply[sign](i, value(word)) : i)),
            keep && i < count,
            out,
          );
        }
        at = end;
      } else if (test) {
        const on = (value(test[2]) !== 0) !== (test[1] === '!');
        at = block(at + 1, substitute, keep && on, out);
      } else {
        if (keep) out.push(substitute(lines[at]));
        at++;
      }
    }
    return at;
  }

  const out: string[] = [];
  let at = 0;
  while (at < lines.length) at = block(at, (l) => l, true, out);
  return out.join('\n');
}

/** `const NAME = value;` lines: whole numbers become u32, others f32, booleans bool. */
export function constLines(consts: Consts): string {
  return Object.entries(consts)
    .map(([name, v]) => {
      if (typeof v === 'boolean') return `const ${name} = ${v};`;
      return Number.isInteger(v) ? `const ${name} = ${v}u;` : `const ${name} = ${v}f;`;
    })
    .join('\n');
}
