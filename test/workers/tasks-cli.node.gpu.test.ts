import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cliFolder, runCli } from './cli';

const folder = cliFolder();
afterAll(folder.remove);

test('npm run tasks: measured, then read as a table and as the page’s document', async () => {
  const out = join(folder.path, 'out.jsonl');
  const set = { tasks: '["qa"]', lengths: '[64]', count: '2', pairs: '["k=8 v=8"]', form: 'plain', least: '0' };
  const settings = Object.entries(set).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const ran = await runCli('tasks', ['--model', folder.model('tiny.gguf'), ...settings, '--out', out]);
  expect([ran.code, ran.stdout]).toEqual([0, '']);
  const table = await runCli('tasks', ['--table', out]);
  expect(table.stdout).toContain('| qa | 64 | 2 | 29.2 | 0 [0, 66] | 0 [0, 66] |');
  const json = await runCli('tasks', ['--json', out]);
  expect(JSON.parse(json.stdout)).toMatchObject({
    version: 1,
    tables: [{ model: 'tiny', pairs: ['k=8 v=8'], least: 0 }],
  });
  const none = await runCli('tasks', ['--table']);
  expect([none.code, none.stderr.at(-1)]).toEqual([2, expect.stringContaining('Name a file of results.')]);
}, 300_000);
