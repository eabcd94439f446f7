import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cliFolder, runCli } from './cli';

const folder = cliFolder();
afterAll(folder.remove);
const model = folder.model('model.gguf', { context: 128 });
const out = (name: string) => join(folder.path, name);
const lines = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');
const base = ['grid', '--model', model, '--set', 'text=The lamp burned', '--set', 'steps=5', '--set', 'k=[16,4,2]'];
const small = [...base, '--set', 'v=[16,8,4,3,2]'];
const passOf = (line: string): string => JSON.parse(line).pass;

test('writes a head and a line for each pass; a later call does only what is missing', async () => {
  const path = out('a.jsonl');
  const first = await runCli('sweep', [...small, '--out', path]);
  expect(first).toMatchObject({ code: 0, stdout: '' });
  const whole = lines(path);
  expect(JSON.parse(whole[0])).toMatchObject({ version: 1, experiment: 'grid', settings: { steps: 5, k: [16, 4, 2] } });
  expect(whole.slice(1).map(passOf)).toEqual(['text', 'pairs-1', 'pairs-2', 'pairs-3']);
  expect(JSON.parse(whole[2]).rows[0]).toMatchObject({ k: 16, v: 16, klMax: 0 });

  const again = await runCli('sweep', [...small, '--out', path]);
  expect(again.code).toBe(0);
  expect(lines(path)).toEqual(whole);

  // As a process leaves it that was killed while it wrote its last line.
  folder.write('b.jsonl', `${whole.slice(0, 3).join('\n')}\n`);
  appendFileSync(out('b.jsonl'), whole[3].slice(0, 40));
  expect((await runCli('sweep', [...small, '--out', out('b.jsonl')])).code).toBe(0);
  const mended = lines(out('b.jsonl'));
  expect(mended.map((line) => JSON.parse(line).rows)).toEqual(whole.map((line) => JSON.parse(line).rows));

  const other = await runCli('sweep', [...base, '--set', 'v=[16]', '--out', path]);
  expect(other.code).toBe(2);
  expect(other.stderr.at(-1)).toContain('holds results of other settings');
  expect(lines(path)).toEqual(whole);
});

test('two that share the work have all of it together', async () => {
  const rows = await Promise.all(
    ['0/2', '1/2'].map(async (shard) => {
      const ran = await runCli('sweep', [...small, '--shard', shard]);
      expect(ran.code).toBe(0);
      return ran.stdout.trimEnd().split('\n').slice(1);
    }),
  );
  expect(rows.map((lines) => lines.map(passOf))).toEqual([
    ['text', 'pairs-2'],
    ['text', 'pairs-1', 'pairs-3'],
  ]);
});

test.each([
  [[], 'Name one experiment'],
  [['grid', '--model', model], 'There is no text to run'],
  [['gird', '--model', model], 'There is no experiment called gird'],
  [[...base, '--set', 'lane=system=zipcache'], 'sets its widths itself'],
  [[...base, '--set', 'steps=many'], 'steps must be a number'],
  [[...base, '--shard', '2/2'], '--shard 2/2'],
])('refuses %j', async (args, message) => {
  const ran = await runCli('sweep', args);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr.at(-1)).toContain(message);
});
