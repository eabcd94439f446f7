import { describe, expect, test } from 'vitest';
import { KvError } from '../../gpu/errors';
import { parseLane } from '../../gpu/kv/lane';
import { readOptions } from '../../workers/eval/options';

const FILES: Record<string, string> = {
  'lane.json': '{"k": {"bits": 3}, "keep": {"window": 16}}',
  'broken.json': '{"k":',
  'field.json': '{"k": {"bit": 3}}',
  'value.json': '{"v": {"bits": 9}}',
};

const read = (...args: string[]) =>
  readOptions(args, (path) => {
    if (!(path in FILES)) throw new Error(`no such file: ${path}`);
    return FILES[path];
  });

test('defaults', () => {
  expect(read()).toEqual({
    model: null,
    input: null,
    promptTokens: null,
    maxTokens: null,
    lanes: [parseLane('k=4 v=4')],
    mode: 'same-prefix',
    decode: { temperature: 0, topK: 0, topP: 1, minP: 0, seed: 0 },
    top: 0,
    heads: false,
    isolate: false,
    logits: null,
    list: false,
    jsonl: false,
  });
});

describe('taken', () => {
  const cases: [string[], object][] = [
    [['--model', 'a b.gguf'], { model: 'a b.gguf' }],
    [['--text', 'a.txt'], { input: { text: 'a.txt' } }],
    [['--tokens', 'a.json'], { input: { tokens: 'a.json' } }],
    [['--prompt', 'Hello, you'], { input: { prompt: 'Hello, you', chat: false } }],
    [['--prompt=-1 is', '--chat'], { input: { prompt: '-1 is', chat: true } }],
    [['--prompt', ''], { input: { prompt: '', chat: false } }],
    [['--text', 'a', '--prompt-tokens', '1'], { promptTokens: 1 }],
    [['--max-tokens', '12'], { maxTokens: 12 }],
    [['--lane', 'none'], { lanes: [] }],
    [['--lane', ' none '], { lanes: [] }],
    [['--lane', '@lane.json'], { lanes: [parseLane('k=3 v=4 window=16')] }],
    [Array(7).fill('--lane=k=2 v=2'), { lanes: Array(7).fill(parseLane('k=2 v=2')) }],
    [['--lane', 'k=2', '--lane', 'v=8'], { lanes: [parseLane('k=2'), parseLane('v=8')] }],
    [['--mode', 'same-prefix'], { mode: 'same-prefix' }],
    [['--prompt', 'a', '--mode', 'free-running'], { mode: 'free-running' }],
    [['--top', '5'], { top: 5 }],
    [['--heads'], { heads: true, isolate: false }],
    [['--isolate'], { heads: true, isolate: true }],
    [['--logits', 'out.f32'], { logits: 'out.f32' }],
    [['--list'], { list: true }],
    [['--json'], { jsonl: false }],
    [['--jsonl'], { jsonl: true }],
    [
      [...'--prompt a --temperature 0.7 --top-k 40 --top-p .9 --min-p 5e-2 --seed 4294967295'.split(' ')],
      { decode: { temperature: 0.7, topK: 40, topP: 0.9, minP: 0.05, seed: 4294967295 } },
    ],
  ];
  test.each(cases)('%j', (args, expected) => {
    expect(read(...args)).toMatchObject(expected);
  });
});

describe('refused in one line that names the option', () => {
  const cases: [string[], string, ('usage' | 'bad-config')?][] = [
    [['--isolated'], "Unknown option '--isolated'."],
    [['-m', 'x'], "Unknown option '-m'."],
    [['model.gguf'], "Unexpected argument 'model.gguf'"],
    [['--model'], "Option '--model <value>' argument missing."],
    [['--prompt', '-1 is'], "To specify an option argument starting with a dash use '--prompt=-XYZ'."],
    [['--chat=yes', '--prompt', 'a'], "Option '--chat' does not take an argument."],
    [['--text', 'a', '--tokens', 'b'], 'one of --text, --tokens and --prompt'],
    [['--text', 'a', '--prompt', ''], 'one of --text, --tokens and --prompt'],
    [['--chat', '--text', 'a'], '--chat goes with --prompt'],
    [['--mode', 'free'], '--mode is same-prefix or free-running, not free'],
    [['--mode', 'free-running', '--text', 'a'], '--mode free-running goes with --prompt'],
    [['--prompt', 'a', '--mode', 'free-running', '--isolate'], '--isolate goes with --mode same-prefix'],
    [['--json', '--jsonl'], 'one of --json and --jsonl'],
    [['--prompt', 'a', '--prompt-tokens', '3'], '--prompt-tokens goes with --text or --tokens'],
    [['--prompt-tokens', '0'], '--prompt-tokens is a whole number from 1 up, not "0"'],
    [['--prompt-tokens', '1.5'], '--prompt-tokens is a whole number'],
    [['--max-tokens', '0'], '--max-tokens is a whole number from 1 up'],
    [['--max-tokens', 'all'], '--max-tokens is a whole number'],
    [['--max-tokens', '99999999999999999'], '--max-tokens is a whole number'],
    [['--max-tokens='], '--max-tokens is a whole number'],
    [['--top', 'x'], '--top is a whole number from 0 up, not "x"'],
    [['--text', 'a', '--seed', '1'], '--seed goes with --prompt'],
    [['--temperature', '1'], '--temperature goes with --prompt'],
    [['--prompt', 'a', '--temperature', 'hot'], '--temperature is a number, not "hot"'],
    [['--prompt', 'a', '--temperature', 'Infinity'], '--temperature is a number'],
    [['--prompt', 'a', '--top-p='], '--top-p is a number, not ""'],
    [['--prompt', 'a', '--seed=-1'], '--seed is a whole number from 0 up'],
    [['--prompt', 'a', '--top-k', '2.5'], '--top-k is a whole number'],
    [
      ['--prompt', 'a', '--temperature=-0.1'],
      'temperature=-0.1 is not possible; temperature may be 0..100',
      'bad-config',
    ],
    [['--prompt', 'a', '--top-p', '0'], 'top-p=0 is not possible; top-p may be above 0, up to 1', 'bad-config'],
    [['--prompt', 'a', '--top-p', '1.1'], 'top-p=1.1 is not possible', 'bad-config'],
    [['--prompt', 'a', '--min-p', '2'], 'min-p=2 is not possible', 'bad-config'],
    [['--prompt', 'a', '--top-k', '2147483649'], 'top-k=2147483649 is not possible', 'bad-config'],
    [
      ['--prompt', 'a', '--seed', '4294967296'],
      'seed=4294967296 is not possible; seed may be 0..4294967295',
      'bad-config',
    ],
    [Array(8).fill('--lane=k=4'), '8 lanes are too many; 7 fit'],
    [['--lane', 'none', '--lane', 'k=4'], '--lane none stands alone'],
    [['--lane', ''], '--lane "": The lane is empty', 'bad-config'],
    [['--lane', 'k=4', '--lane', 'k=9'], '--lane "k=9": k=9 is not possible', 'bad-config'],
    [['--lane', 'system=nobody k=2'], '--lane "system=nobody k=2": There is no system called nobody', 'bad-config'],
    [['--lane', '@gone.json'], '--lane "@gone.json": the file cannot be read: no such file: gone.json'],
    [['--lane', '@broken.json'], '--lane "@broken.json": the file cannot be read: '],
    [['--lane', '@field.json'], '--lane "@field.json": There is no field "k.bit"', 'bad-config'],
    [['--lane', '@value.json'], '--lane "@value.json": v.bits may be 1, 1.5, 1.58, 2, 3', 'bad-config'],
  ];
  test.each(cases)('%j', (args, message, code = 'usage') => {
    const error = (() => {
      try {
        return read(...args);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(KvError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect((error as KvError).message).not.toContain('\n');
  });
});
