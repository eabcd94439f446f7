import { expect, test } from 'vitest';
import { openGguf } from '../../../gpu/load/gguf';
import { TENSOR_TYPES } from '../../../gpu/load/quant/blocks';
import { bytesSource } from '../../../gpu/load/source';
import type { ModelFile } from '../../../gpu/load/types';
import type { GgufTensor, GgufValue } from '../../fixtures/gguf-writer';
import type { TinyOptions } from '../../fixtures/tiny-gguf';
import { tinyGguf } from '../../fixtures/tiny-gguf';

const open = (options: TinyOptions): Promise<ModelFile> => openGguf(bytesSource(tinyGguf(options), 'tiny.gguf'));
const u32 = (value: number): GgufValue => ({ type: 'u32', value });
const word = (value: string): GgufValue => ({ type: 'string', value });

/** The refusal's code, and everything it says in one string. */
async function refusal(options: TinyOptions): Promise<{ code: string; says: string }> {
  const error = await open(options).then(
    () => ({ code: 'accepted', message: '', why: '' }),
    (e) => e,
  );
  return { code: error.code, says: `${error.message} ${error.why}` };
}

/** Drops, renames or changes one tensor of the list. */
const edit = (name: string, change: (tensor: GgufTensor) => GgufTensor | null) => (tensors: GgufTensor[]) =>
  tensors.flatMap((t) => (t.name === name ? (change(t) ?? []) : [t]));

test('a llama file: configuration and tensor table', async () => {
  const { config, tensors } = await open({
    layers: 3,
    heads: 4,
    kvHeads: 2,
    headDim: 64,
    hidden: 128,
    ffn: 160,
    context: 256,
  });
  expect(config).toEqual({
    arch: 'llama',
    name: 'tiny llama',
    layers: 3,
    heads: 4,
    kvHeads: 2,
    headDim: 64,
    hidden: 128,
    ffn: 160,
    vocab: 288,
    context: 256,
    normEps: Math.fround(1e-5),
    ropeBase: 10000,
    ropeFactors: null,
    qkvBias: false,
    qkNorm: false,
    tiedHead: true,
  });
  expect(tensors.get('blk.2.ffn_down.weight')).toMatchObject({
    rows: 128,
    cols: 160,
    bytes: 128 * 160 * 4,
    type: 'F32',
  });
  expect(tensors.get('output_norm.weight')).toMatchObject({ rows: 1, cols: 128 });
});

test('qwen2 has biases, qwen3 q/k norms; an output tensor unties the head', async () => {
  expect((await open({ arch: 'qwen2' })).config).toMatchObject({ arch: 'qwen2', qkvBias: true, qkNorm: false });
  expect((await open({ arch: 'qwen3', tied: false })).config).toMatchObject({
    qkvBias: false,
    qkNorm: true,
    tiedHead: false,
  });
});

test('head size falls back to hidden / heads, KV heads to heads, when the file does not name them', async () => {
  const metadata = {
    'llama.attention.key_length': undefined,
    'llama.attention.value_length': undefined,
    'llama.attention.head_count_kv': undefined,
    'llama.rope.dimension_count': undefined,
    'llama.rope.freq_base': undefined,
  };
  const { config } = await open({ heads: 2, kvHeads: 2, headDim: 32, hidden: 64, metadata });
  expect(config).toMatchObject({ headDim: 32, kvHeads: 2, ropeBase: 10000 });
});

test.each(TENSOR_TYPES)('matrices in %s are accepted', async (types) => {
  const { tensors } = await open({ types, hidden: 256, ffn: 256, heads: 4, headDim: 64, layers: 1 });
  expect(tensors.get('token_embd.weight')?.type).toBe(types);
});

test('rotary factors: linear scaling, the table of Llama 3, both', async () => {
  const linear = {
    'llama.rope.scaling.type': word('linear'),
    'llama.rope.scaling.factor': { type: 'f32', value: 4 } as GgufValue,
  };
  const table = Array.from({ length: 16 }, (_, i) => 1 + i);
  expect([...((await open({ metadata: linear })).config.ropeFactors ?? [])]).toEqual(new Array(16).fill(4));
  expect([...((await open({ ropeFreqs: table })).config.ropeFactors ?? [])]).toEqual(table);
  expect([...((await open({ ropeFreqs: table, metadata: linear })).config.ropeFactors ?? [])]).toEqual(
    table.map((x) => 4 * x),
  );
  expect(await refusal({ ropeFreqs: table.map((x) => x - 3) })).toMatchObject({ code: 'bad-file' });
});

test('what kvscope cannot run is refused by its name', async () => {
  const cases: [TinyOptions, string, string][] = [
    [{ metadata: { 'general.architecture': word('mamba') } }, 'unsupported-arch', 'mamba'],
    [{ metadata: { 'llama.expert_count': u32(8) } }, 'unsupported-arch', 'expert_count'],
    [{ metadata: { 'llama.rope.scaling.type': word('yarn') } }, 'unsupported-arch', 'yarn'],
    [
      { metadata: { 'llama.attention.key_length': u32(80), 'llama.attention.value_length': u32(80) } },
      'unsupported-arch',
      '80',
    ],
    [{ metadata: { 'llama.rope.dimension_count': u32(16) } }, 'unsupported-arch', '16 of 32'],
    [{ metadata: { 'split.count': u32(3) } }, 'bad-file', 'one part of 3'],
    [
      { metadata: { 'llama.attention.head_count_kv': { type: 'i32s', value: [1, 2] } } },
      'unsupported-arch',
      'head_count_kv',
    ],
    [{ edit: edit('blk.0.attn_v.weight', (t) => ({ ...t, ggml: 10 })) }, 'unsupported-type', 'Q2_K'],
    [{ edit: edit('blk.0.attn_v.weight', (t) => ({ ...t, ggml: 999 })) }, 'unsupported-type', 'type 999'],
    [{ edit: (ts) => [...ts, { ...ts[1], name: 'blk.0.attn_output.bias' }] }, 'unsupported-arch', 'attn_output.bias'],
  ];
  for (const [options, code, name] of cases) {
    const got = await refusal(options);
    expect(got.code, name).toBe(code);
    expect(got.says).toContain(name);
  }
});

test('a broken tensor list is refused by the tensor', async () => {
  const name = 'blk.1.ffn_up.weight';
  const cases: [string, (tensors: GgufTensor[]) => GgufTensor[]][] = [
    ['missing', edit(name, () => null)],
    ['64 x 96', edit(name, (t) => ({ ...t, shape: [96, 64] }))],
    ['twice', (ts) => [...ts, ts.find((t) => t.name === name)!]],
    ['overlap', edit(name, (t) => ({ ...t, offset: 32 }))],
    ['border', edit(name, (t) => ({ ...t, offset: 40 }))],
    ['ends at byte', edit(name, (t) => ({ ...t, offset: 2 ** 30 }))],
    ['multiple of the 32', edit(name, (t) => ({ ...t, ggml: 8, shape: [65, 96] }))],
    ['impossible shape', edit(name, (t) => ({ ...t, shape: [64, 0] }))],
  ];
  for (const [says, change] of cases) {
    const got = await refusal({ edit: change });
    expect(got.code, says).toBe('bad-file');
    expect(got.says).toContain(says);
    expect(got.says).toContain('ffn_up');
  }
});

test('missing or misshapen metadata is named', async () => {
  for (const value of [undefined, word('long'), u32(0)]) {
    const got = await refusal({ metadata: { 'llama.context_length': value } });
    expect(got.code).toBe('bad-file');
    expect(got.says).toContain('llama.context_length');
  }
});

test('cancelling while the header is read', async () => {
  const stop = new AbortController();
  stop.abort();
  await expect(openGguf(bytesSource(tinyGguf()), stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
});
