import { expect, test } from 'vitest';
import { KvError } from '../../../gpu/errors';
import { openGguf } from '../../../gpu/load/gguf';
import { bytesSource } from '../../../gpu/load/source';
import { openTokenizer } from '../../../gpu/load/tokenizer';
import { tinyGguf } from '../../fixtures/tiny-gguf';

const good = tinyGguf({ layers: 1 });
const CODES = ['bad-file', 'unsupported-arch', 'unsupported-type', 'unsupported-tokenizer'];

/** Opens a file with its tokenizer; returns the refusal, or null. Fails when it takes a second or throws something untyped. */
async function outcome(bytes: Uint8Array): Promise<KvError | null> {
  const start = performance.now();
  try {
    openTokenizer((await openGguf(bytesSource(bytes))).metadata);
    return null;
  } catch (error) {
    if (!(error instanceof KvError)) throw error;
    expect(CODES).toContain(error.code);
    return error;
  } finally {
    expect(performance.now() - start).toBeLessThan(1000);
  }
}

function changed(at: number, bytes: number[]): Uint8Array {
  const copy = good.slice();
  copy.set(bytes, at);
  return copy;
}

/** Position of a text in the file. */
function find(text: string): number {
  const at = Buffer.from(good).indexOf(text);
  expect(at).toBeGreaterThan(0);
  return at;
}

const HUGE = [255, 255, 255, 255, 255, 255, 255, 127];
const LARGE = [0, 0, 0, 64, 0, 0, 0, 0];

test('the untouched file opens', async () => {
  expect(await outcome(good)).toBeNull();
});

test('cut anywhere, the file is refused', async () => {
  const header = find('blk.0.attn_norm.weight');
  const cuts = [
    0,
    1,
    3,
    4,
    8,
    12,
    16,
    20,
    24,
    31,
    32,
    40,
    100,
    500,
    1000,
    2000,
    4000,
    header,
    header + 30,
    header + 400,
  ];
  for (let part = 1; part < 16; part++) cuts.push(Math.floor((good.length * part) / 16));
  cuts.push(good.length - 300, good.length - 33);
  for (const cut of cuts)
    expect(await outcome(good.slice(0, cut)), `cut at ${cut}`).toMatchObject({ code: 'bad-file' });
});

test('counts and lengths that lie are refused', async () => {
  const places: [string, number][] = [
    ['tensor count', 8],
    ['metadata count', 16],
    ['first key length', 24],
    ['string value length', find('general.architecture') + 'general.architecture'.length + 4],
    ['token list length', find('tokenizer.ggml.tokens') + 'tokenizer.ggml.tokens'.length + 8],
    ['first token length', find('tokenizer.ggml.tokens') + 'tokenizer.ggml.tokens'.length + 16],
    ['merge list length', find('tokenizer.ggml.merges') + 'tokenizer.ggml.merges'.length + 8],
    ['tensor name length', find('token_embd.weight') - 8],
    ['columns', find('token_embd.weight') + 'token_embd.weight'.length + 4],
    ['rows', find('token_embd.weight') + 'token_embd.weight'.length + 12],
    ['data offset', find('token_embd.weight') + 'token_embd.weight'.length + 24],
  ];
  for (const [what, at] of places) {
    for (const lie of [HUGE, LARGE]) expect(await outcome(changed(at, lie)), what).toMatchObject({ code: 'bad-file' });
    expect(await outcome(changed(at, [7, 0, 0, 0, 0, 0, 0, 0])), `${what} 7`).not.toBeNull();
  }
  const axes = find('token_embd.weight') + 'token_embd.weight'.length;
  for (const count of [0, 3, 5, 200]) expect(await outcome(changed(axes, [count])), `${count} axes`).not.toBeNull();
});

test('numbers of the model that lie are refused', async () => {
  const value = (key: string) => find(key) + key.length + 4;
  for (const key of [
    'llama.block_count',
    'llama.embedding_length',
    'llama.feed_forward_length',
    'llama.attention.head_count',
  ]) {
    for (const lie of [
      [0, 0, 0, 0],
      [255, 255, 255, 255],
      [3, 0, 0, 0],
    ]) {
      expect(await outcome(changed(value(key), lie)), key).not.toBeNull();
    }
  }
  expect(await outcome(changed(value('llama.rope.freq_base'), [0, 0, 192, 127]))).toMatchObject({ code: 'bad-file' });
});

test('not a GGUF file, or one of another kind', async () => {
  expect(await outcome(new TextEncoder().encode('<!doctype html><title>Sign in</title>'))).toMatchObject({
    code: 'bad-file',
  });
  expect(await outcome(new Uint8Array(100_000))).toMatchObject({ code: 'bad-file' });
  expect(await outcome(changed(4, [1, 0, 0, 0]))).toMatchObject({ code: 'bad-file' });
  expect(await outcome(changed(4, [9, 0, 0, 0]))).toMatchObject({ code: 'bad-file' });
  expect(await outcome(changed(4, [0, 0, 0, 3]))).toMatchObject({ code: 'bad-file' });
});

test('any single byte of the header may be wrong', async () => {
  const end = find('output_norm.weight') + 60;
  let state = 12345;
  for (let i = 0; i < 300; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    const at = state % end;
    await outcome(changed(at, [(good[at] ^ (1 << ((state >>> 24) & 7))) & 255]));
  }
});
