import { expect, test } from 'vitest';
import { openTokenizer } from '../../../gpu/load/tokenizer';

/** unk, bos, eos, then all bytes, then characters and unions whose scores are not in the order of their ids. */
const pieces: [string, number, number][] = [
  ['<unk>', 0, 2],
  ['<s>', 0, 3],
  ['</s>', 0, 3],
  ...Array.from({ length: 256 }, (_, b): [string, number, number] => [
    `<0x${b.toString(16).toUpperCase().padStart(2, '0')}>`,
    0,
    6,
  ]),
  ['\u2581', -1000, 1],
  ['a', -1001, 1],
  ['b', -1002, 1],
  ['ab', -20, 1],
  ['\u2581a', -10, 1],
  ['ba', -5, 1],
  ['\u2581ab', -30, 1],
];
const id = (piece: string) => pieces.findIndex(([spelling]) => spelling === piece);

function open(extra: Record<string, unknown> = {}) {
  return openTokenizer({
    'tokenizer.ggml.model': 'llama',
    'tokenizer.ggml.tokens': pieces.map(([spelling]) => spelling),
    'tokenizer.ggml.scores': pieces.map(([, score]) => score),
    'tokenizer.ggml.token_type': pieces.map(([, , type]) => type),
    'tokenizer.ggml.bos_token_id': 1,
    'tokenizer.ggml.eos_token_id': 2,
    ...extra,
  });
}

test('the pair with the best score merges first, a space goes before the text, bos by default', () => {
  // "▁ab": "▁a" (-10) beats "ab" (-20), then "▁ab" (-30).
  expect(open().encode('ab')).toEqual([1, id('\u2581ab')]);
  // "▁aba": "ba" (-5) is first, and "▁a" remains.
  expect(open().encode('aba')).toEqual([1, id('\u2581a'), id('ba')]);
  expect(open({ 'tokenizer.ggml.add_space_prefix': false }).encode('ab', { addBos: false })).toEqual([id('ab')]);
});

test('characters outside the vocabulary fall back to bytes, and come back', () => {
  const { encode, decode, stream } = open();
  const ids = encode('é', { addBos: false });
  expect(ids).toEqual([id('\u2581'), id('<0xC3>'), id('<0xA9>')]);
  expect(decode(ids)).toBe('é');
  const text = stream();
  expect(ids.map((token) => text.push(token))).toEqual([' ', '', 'é']);
});

test('decode drops the added space, labels show it', () => {
  const { decode, encode, label } = open();
  expect(decode(encode('ab b', { addBos: false }))).toBe('ab b');
  expect(label(id('\u2581ab'))).toBe('·ab');
  expect(label(id('<0x0A>'))).toBe('\\n');
});

test('a hundred thousand characters in one piece', () => {
  const { encode } = open();
  const start = performance.now();
  encode('ab'.repeat(50_000));
  expect(performance.now() - start).toBeLessThan(5000);
});

test('scores that do not match the tokens are refused', () => {
  expect(() => open({ 'tokenizer.ggml.scores': [1] })).toThrow(expect.objectContaining({ code: 'bad-file' }));
});
