import { afterAll, describe, expect, test } from 'vitest';
import { openGguf } from '../../gpu/load/gguf';
import { pathSource } from '../../gpu/load/node-source';
import { openTokenizer } from '../../gpu/load/tokenizer';
import { cliFolder, runCli } from './cli';

const folder = cliFolder();
afterAll(folder.remove);
const model = folder.model('model.gguf');
const tokenizer = openTokenizer((await openGguf(await pathSource(model))).metadata);
const LANES = ['--lane', 'k=1 v=1', '--lane', 'k=16 v=16'];
const ASK = 'Why is the sky blue?';

async function ev(...args: string[]) {
  const ran = await runCli('headless', ['--model', model, '--prompt', ASK, ...args]);
  expect(ran.code).toBe(0);
  const lines = ran.stdout.trim().split('\n');
  return { ran, lines: lines.slice(0, -1).map((line) => JSON.parse(line)), doc: JSON.parse(lines.at(-1) as string) };
}

/** Text and tokens of the shadow and each lane. */
const written = (doc: { shadow: Written; lanes: Written[] }) =>
  [doc.shadow, ...doc.lanes].map(({ text, generated }) => ({ text, generated }));
interface Written {
  text: string;
  generated: number[];
}

test('a plain prompt: all lanes read what the first lane writes', async () => {
  const { doc } = await ev('--max-tokens', '8', ...LANES);
  const [first, ...rest] = written(doc);
  expect(first.generated).toHaveLength(8);
  expect(first.text).toBe(tokenizer.decode(first.generated));
  expect(rest).toEqual([first, first]);
  expect(doc.tokens).toEqual([...tokenizer.encode(ASK), ...first.generated]);
  expect(doc.promptTokens).toBe(tokenizer.encode(ASK).length);
  expect(doc.lanes[1].summary).toMatchObject({ steps: 8, klMax: 0 });
});

test('--chat wraps the prompt in the template', async () => {
  const { doc } = await ev('--chat', '--max-tokens', '1', '--lane', 'none');
  const whole = `<|im_start|>user\n${ASK}<|im_end|>\n<|im_start|>assistant\n`;
  expect(doc.tokens.slice(0, doc.promptTokens)).toEqual(tokenizer.encode(whole));
  expect(doc.shadow.generated).toHaveLength(1);
});

test('free-running: each lane has its own text; --jsonl tells the steps as they come, the document last', async () => {
  const { ran, lines, doc } = await ev('--mode', 'free-running', '--max-tokens', '300', '--jsonl', ...LANES);
  const [shadow, low, exact] = written(doc);
  expect(low.generated).not.toEqual(shadow.generated);
  expect(exact).toEqual(shadow);
  for (const { text, generated } of [shadow, low]) expect(text).toBe(tokenizer.decode(generated));
  expect(lines.map((line) => line.step)).toEqual([...lines.keys()]);
  expect(lines.length).toBeGreaterThan(100);
  doc.lanes.forEach((lane: { steps: object[] }, i: number) => {
    expect(lines.map((line) => line.lanes[i])).toEqual(lane.steps);
  });
  expect(lines.map((line) => line.shadow.nll).filter((x) => x !== undefined)).toEqual(doc.shadow.nll);
  expect(ran.spanMs).toBeGreaterThan((lines.length * doc.timing.decodeMsMedian) / 2);
});

describe('sampling', () => {
  const rule = ['--temperature', '1.5', '--top-k', '50', '--max-tokens', '12'];
  test('repeats with its seed', async () => {
    const [one, again, other] = [
      await ev(...rule, '--seed', '7'),
      await ev(...rule, '--seed', '7'),
      await ev(...rule, '--seed', '8'),
    ].map(({ doc: { timing: _, ...rest } }) => rest);
    expect(again).toEqual(one);
    expect(other.tokens).not.toEqual(one.tokens);
  });
});
