import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openGguf } from '../../../gpu/load/gguf';
import { pathSource } from '../../../gpu/load/node-source';
import { openTokenizer } from '../../../gpu/load/tokenizer';
import type { Tokenizer } from '../../../gpu/load/types';
import { hasShared, shared } from '../../setup/env';

const MODEL = 'models/SmolLM2-135M-Instruct.Q4_1.gguf';
const absent = !hasShared(MODEL);
let loaded: Promise<Tokenizer> | undefined;

function tokenizer(): Promise<Tokenizer> {
  loaded ??= (async () => {
    const source = await pathSource(shared(MODEL));
    const { metadata } = await openGguf(source);
    await source.close();
    return openTokenizer(metadata);
  })();
  return loaded;
}

test.skipIf(absent)('ids and text of the golden texts, both ways', async () => {
  const { encode, decode } = await tokenizer();
  const texts: Record<string, { text: string; ids: number[] }> = JSON.parse(
    readFileSync(shared('golden/texts.json'), 'utf8'),
  );
  expect(Object.keys(texts).length).toBeGreaterThanOrEqual(4);
  for (const { text, ids } of Object.values(texts)) {
    expect(encode(text)).toEqual(ids);
    expect(decode(ids)).toBe(text);
  }
});

test.skipIf(absent)('a hundred thousand characters take less than five seconds, whatever they are', async () => {
  const { encode, decode } = await tokenizer();
  const prose = 'The tide went out at 6:45, and 12 crabs hid under stones. ';
  for (const unit of [prose, 'a', ' ', '漢字', '0', '🦀']) {
    const text = unit.repeat(Math.ceil(100_000 / unit.length));
    const start = performance.now();
    const ids = encode(text);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(decode(ids)).toBe(text);
  }
});

test.skipIf(absent)('control tokens can be read as plain letters', async () => {
  const { encode, decode, label, stops, eos, bos, chat } = await tokenizer();
  expect(encode('<|im_start|>')).toEqual([1]);
  const plain = encode('<|im_start|>', { special: false });
  expect(plain.length).toBeGreaterThan(1);
  expect(decode(plain)).toBe('<|im_start|>');
  expect([bos, eos]).toEqual([1, 2]);
  expect(stops).toEqual([0, 2]);
  expect(label(encode(' tide')[0])).toBe('·tide');
  const prompt = chat([{ role: 'user', content: 'Hi' }]);
  expect(prompt).toBe(
    '<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n' +
      '<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n',
  );
});
