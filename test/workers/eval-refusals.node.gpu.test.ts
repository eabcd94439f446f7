import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { tinyGguf } from '../fixtures/tiny-gguf';
import { cliFolder, runCli } from './cli';

const folder = cliFolder();
afterAll(folder.remove);
const model = folder.model('model.gguf', { context: 64 });
const text = folder.write('text.txt', 'the quick brown fox');
const at = (name: string) => join(folder.path, name);
execFileSync('mkfifo', [at('pipe.gguf')]);
const bytes = tinyGguf();

const onModel = (file: string) => ['--model', file, '--text', text];
const onText = (content: string | Uint8Array, ...rest: string[]) => [
  ...['--model', model, '--text', folder.write(`${Math.random()}.txt`, content)],
  ...rest,
];
const onTokens = (content: string, ...rest: string[]) => [
  ...['--model', model, '--tokens', folder.write(`${Math.random()}.json`, content)],
  ...rest,
];

const cases: [string, string[], string][] = [
  ['nothing', [], 'Nothing to run'],
  ['no input', ['--model', model], 'Nothing to run'],
  ['an unknown option', [...onModel(model), '--bogus'], "Unknown option '--bogus'"],
  ['eight lanes', [...onModel(model), ...Array(8).fill('--lane=k=4')], '8 lanes are too many'],
  ['a lane that does not fit the model', [...onModel(model), '--lane', 'k=4 group=64'], 'group=64 does not divide'],
  ['model missing', onModel(at('gone.gguf')), 'gone.gguf cannot be opened'],
  ['model a folder', onModel(folder.path), 'is not a file'],
  ['model a pipe', onModel(at('pipe.gguf')), 'pipe.gguf is not a file'],
  ['model empty', onModel(folder.write('empty.gguf', '')), 'empty.gguf'],
  ['model something else', onModel(folder.write('page.gguf', '<html>'.repeat(200))), 'page.gguf'],
  ['model cut in the header', onModel(folder.write('head.gguf', bytes.subarray(0, 900))), 'head.gguf'],
  ['model cut in the weights', onModel(folder.write('cut.gguf', bytes.subarray(0, bytes.length - 9))), 'cut.gguf'],
  [
    'model of another architecture',
    onModel(folder.model('mamba.gguf', { metadata: { 'general.architecture': { type: 'string', value: 'mamba' } } })),
    'mamba',
  ],
  ['model with an unknown pre-tokenizer', onModel(folder.model('pre.gguf', { pre: 'novel-7' })), 'novel-7'],
  ['text missing', ['--model', model, '--text', at('gone.txt')], 'gone.txt cannot be read'],
  ['text empty', onText(''), 'fewer than two tokens'],
  ['text of one token', onText('a'), 'fewer than two tokens'],
  ['text not UTF-8', onText(Uint8Array.of(65, 0xff, 0xfe, 66)), 'is not UTF-8 text'],
  ['text longer than the context', onText('fox '.repeat(50_000)), "This model's context is 64 tokens"],
  ['tokens missing', ['--model', model, '--tokens', at('gone.json')], 'gone.json cannot be read'],
  ['tokens no JSON', onTokens('[1, 2'), 'is no JSON array of token ids'],
  ['tokens no numbers', onTokens('["a", 2]'), 'is no JSON array of token ids'],
  ['tokens below zero', onTokens('[4, -2]'), 'is no JSON array of token ids'],
  ['tokens out of the vocabulary', onTokens('[4, 5, 288]'), '288 is no token id of this model (0..287)'],
  ['all tokens in the prompt', onTokens('[4, 5, 6]', '--prompt-tokens', '3'), '--prompt-tokens 3 leaves nothing'],
  ['no tokens in the prompt', onTokens('[4, 5, 6]', '--prompt-tokens', '0'), '--prompt-tokens is a whole number'],
  ['prompt empty', ['--model', model, '--prompt', ''], 'The prompt is empty'],
  ['prompt too long', ['--model', model, '--prompt', 'a'.repeat(100_001)], 'The prompt has 100001 characters'],
  ['prompt over the context', ['--model', model, '--prompt', 'a', '--max-tokens', '64'], 'are 65 tokens'],
  [
    'chat without a template',
    [
      ...['--model', folder.model('plain.gguf', { metadata: { 'tokenizer.chat_template': undefined } })],
      ...['--prompt', 'a', '--chat'],
    ],
    'no chat template',
  ],
  ['logits nowhere', [...onModel(model), '--logits', at('gone/x.f32')], 'gone/x.f32 cannot be written'],
];

describe('exit code 2 and one line, with nothing on stdout', () => {
  test.each(cases)('%s', async (_, args, message) => {
    const ran = await runCli('headless', args);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toHaveLength(1);
    expect(ran.stderr[0]).toMatch(/^error: /);
    expect(ran.stderr[0]).toContain(message);
  });
});

test('exit code 3 where no driver works', async () => {
  const env = { VK_ICD_FILENAMES: at('no-driver.json') };
  const ran = await runCli('headless', onModel(model), { env });
  expect(ran).toMatchObject({ code: 3, stdout: '' });
  expect(ran.stderr.at(-1)).toMatch(/^error: There is no WebGPU adapter\./);
  expect((await runCli('bench', ['--model', model], { env })).code).toBe(3);
});

test('--list is the whole catalogue, and needs no model', async () => {
  const ran = await runCli('headless', ['--list']);
  expect(ran).toMatchObject({ code: 0, stderr: [] });
  const list = JSON.parse(ran.stdout);
  expect(Object.keys(list)).toEqual(['version', 'lane', 'codecs', 'transforms', 'policies', 'systems']);
  const ids = (entries: { id: string }[]) => entries.map((entry) => entry.id);
  expect(ids(list.codecs)).toEqual(expect.arrayContaining(['f16', 'uniform']));
  expect(ids(list.transforms)).toContain('hadamard');
  expect(ids(list.policies)).toEqual(expect.arrayContaining(['all', 'window']));
  const side = ['bits', 'group', 'along', 'scheme', 'domain'];
  const keep = ['window', 'sinks', 'sinkRule', 'sinkFrom', 'windowRule', 'requantOnFlush'];
  const words = [...side, ...keep, 'prefill', 'self', 'skipFirst', 'skipLast'];
  expect(list.lane.map((param: { key: string }) => param.key)).toEqual(words);
  for (const entry of [...list.codecs, ...list.transforms, ...list.policies, ...list.systems]) {
    expect(entry).toMatchObject({
      id: expect.stringMatching(/^\S+$/),
      title: expect.any(String),
      text: expect.any(String),
    });
    expect(entry.params).toBeInstanceOf(Array);
  }
  for (const param of [...list.lane, ...list.codecs.flatMap((c: { params: object[] }) => c.params)]) {
    expect(param).toHaveProperty('default');
    if (!param.choices) expect(param.min).toBeLessThan(param.max);
  }
});
