import { expect, test } from 'vitest';
import { openGguf } from '../../../gpu/load/gguf';
import { bytesSource } from '../../../gpu/load/source';
import { openTokenizer } from '../../../gpu/load/tokenizer';
import type { Tokenizer } from '../../../gpu/load/types';
import type { GgufValue } from '../../fixtures/gguf-writer';
import { tinyGguf } from '../../fixtures/tiny-gguf';

const word = (value: string): GgufValue => ({ type: 'string', value });

async function tokenizer(pre = 'gpt-2', metadata: Record<string, GgufValue> = {}): Promise<Tokenizer> {
  return openTokenizer((await openGguf(bytesSource(tinyGguf({ layers: 1, pre, metadata })))).metadata);
}

/** Id of byte b in the tiny vocabulary. */
const byte = (b: number) => 3 + b;
const bytesOf = (text: string) => [...new TextEncoder().encode(text)].map(byte);
const MERGED = 3 + 256;

test('merges in rank order, bytes where nothing merges', async () => {
  const { encode, decode } = await tokenizer();
  // " the" = "Ġ t" (rank 0), "h e" (1), "Ġt he" (4).
  expect(encode(' the')).toEqual([MERGED + 4]);
  expect(encode('x the')).toEqual([byte(0x78), MERGED + 4]);
  expect(encode('é')).toEqual(bytesOf('é'));
  expect(decode(encode('In the "end", 3 × 4 = 12 🦀\r\n\t'))).toBe('In the "end", 3 × 4 = 12 🦀\r\n\t');
  expect(encode('')).toEqual([]);
  expect(decode([])).toBe('');
});

test('special tokens in the text: themselves, or plain letters on request; begin token only once', async () => {
  const { encode, decode } = await tokenizer();
  expect(encode('<|im_end|>x')).toEqual([2, byte(0x78)]);
  expect(encode('<|im_end|>', { special: false })).not.toContain(2);
  expect(encode('x', { addBos: true })).toEqual([1, byte(0x78)]);
  expect(encode('<|im_start|>x', { addBos: true })).toEqual([1, byte(0x78)]);
  expect(decode([1, byte(0x78), 2])).toBe('<|im_start|>x<|im_end|>');
});

test('the stream holds back half a character', async () => {
  const { stream } = await tokenizer();
  const text = stream();
  const crab = bytesOf('🦀');
  expect(crab.map((id) => text.push(id))).toEqual(['', '', '', '🦀']);
  expect(text.push(crab[0])).toBe('');
  expect(text.push(byte(0x41))).toBe('\ufffdA');
  expect(text.push(crab[0])).toBe('');
  expect(text.flush()).toBe('\ufffd');
  expect(text.flush()).toBe('');
});

test('labels are printable', async () => {
  const { label } = await tokenizer();
  expect(label(MERGED + 4)).toBe('·the');
  expect(label(byte(0x0a))).toBe('\\n');
  expect(label(byte(0x00))).toBe('\\u{0}');
  expect(label(byte(0xf0))).toBe('\\xF0');
  expect(label(byte(0x20))).toBe('·');
  expect(label(2)).toBe('<|im_end|>');
  expect(label(9999)).toBe('#9999');
});

test('ids of the file: begin, end, stops', async () => {
  const plain = await tokenizer();
  expect([plain.bos, plain.eos, plain.stops]).toEqual([1, 2, [0, 2]]);
  const none = await tokenizer('gpt-2', { 'tokenizer.ggml.bos_token_id': { type: 'u32', value: 0xffffffff } });
  expect(none.bos).toBeNull();
  expect(none.encode('x', { addBos: true })).toEqual([byte(0x78)]);
});

/** The pieces a text is cut into, seen through tokens that never merge: one list of labels per pre-tokenizer. */
test.each([
  ['smollm', 'a 12', ['a', '·', '1', '2']],
  ['gpt-2', 'a the', ['a', '·the']],
  ['llama-bpe', '(the', ['(', 't', 'he']],
  ['qwen2', 'the\n\n', ['t', 'he', '\\n\\n']],
])('%s cuts %j', async (pre, text, labels) => {
  const { encode, label } = await tokenizer(pre);
  expect(encode(text).map(label)).toEqual(labels);
});

test('qwen2 composes accents, the others leave them', async () => {
  const apart = 'e\u0301';
  expect((await tokenizer('qwen2')).encode(apart)).toEqual(bytesOf('é'));
  expect((await tokenizer('gpt-2')).encode(apart)).toEqual(bytesOf(apart));
});

test('unknown kinds are refused by name', async () => {
  await expect(tokenizer('bloom')).rejects.toMatchObject({
    code: 'unsupported-tokenizer',
    message: expect.stringContaining('bloom'),
  });
  await expect(tokenizer('')).rejects.toMatchObject({ code: 'unsupported-tokenizer' });
  const bert = tokenizer('gpt-2', { 'tokenizer.ggml.model': word('bert') });
  await expect(bert).rejects.toMatchObject({ code: 'unsupported-tokenizer', message: expect.stringContaining('bert') });
});

test('the chat template: rendered, refusing, broken, absent, and the same every day', async () => {
  const user = [{ role: 'user', content: 'Hi' }];
  const chat = async (template: string) =>
    (await tokenizer('gpt-2', { 'tokenizer.chat_template': word(template) })).chat(user);
  const own = await tokenizer();
  expect(own.hasChat).toBe(true);
  expect(own.chat(user)).toBe('<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n');
  expect(await chat("{{ bos_token }}{{ strftime_now('%d %b %Y') }}{{ eos_token }}")).toBe(
    '<|im_start|>26 Jul 2024<|im_end|>',
  );
  await expect(chat("{{ raise_exception('No system role') }}")).rejects.toMatchObject({
    code: 'bad-prompt',
    why: 'No system role',
  });
  await expect(chat('{% for %}')).rejects.toMatchObject({ code: 'unsupported-tokenizer' });
  const none = await tokenizer('gpt-2', { 'tokenizer.chat_template': word('') });
  expect(none.hasChat).toBe(false);
  expect(() => none.chat(user)).toThrow(expect.objectContaining({ code: 'bad-prompt' }));
});
