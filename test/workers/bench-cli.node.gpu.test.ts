import { afterAll, expect, test } from 'vitest';
import { cliFolder, runCli } from './cli';
import { numbersIn } from './eval-shape';

const folder = cliFolder();
afterAll(folder.remove);
const model = folder.model('model.gguf', { context: 128 });

test('prints a table and JSON; rows over the context are left out by name', async () => {
  const ran = await runCli('bench', ['--model', model, '--repeat', '1']);
  expect(ran.code).toBe(0);
  const result = JSON.parse(ran.stdout);
  expect(result.prefill.map((row: { tokens: number }) => row.tokens)).toEqual([64]);
  expect(result.decode.map((row: { lanes: number }) => row.lanes)).toEqual([1, 2, 4, 8]);
  expect(result.attention).toEqual([]);
  expect(result.skipped).toHaveLength(6);
  const rows = [...result.prefill, ...result.decode];
  for (const row of rows) expect(Math.min(row.ms, row.cpuMs, row.tokensPerS)).toBeGreaterThan(0);
  for (const row of result.decode)
    expect(Object.keys(row)).toEqual(expect.arrayContaining(['split', 'readbackMs', 'gpuBytes']));
  expect(numbersIn(result).every(Number.isFinite)).toBe(true);
  expect(ran.stdout).not.toMatch(/"(ms|cpuMs|tokensPerS|readbackMs)":null/);
  const table = ran.stderr.join('\n');
  expect(table).toMatch(/prefill +tokens/);
  expect(table).toContain('left out: attention at 16 bits: 1044 tokens do not fit the context of 128');
});

test.each([
  [['--model', model, '--repeat', '0'], '--repeat cannot be "0"'],
  [['--model', model, '--lanes', '2'], "Unknown option '--lanes'"],
  [['--model', `${model}.gone`], 'model.gguf.gone cannot be opened'],
])('refuses %j', async (args, message) => {
  const ran = await runCli('bench', args);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toEqual([expect.stringMatching(/^error: /)]);
  expect(ran.stderr[0]).toContain(message);
});
