import { describe, expect, test } from 'vitest';
import { shadowConfig } from '../../../gpu/kv/config';
import { parseLane } from '../../../gpu/kv/lane';
import { klDivergence } from '../../../gpu/measure/divergence';
import type { ReferenceRun } from '../../../gpu/reference/model';
import { tinyModel } from './tiny-model';

const model = tinyModel();
const tokens = Array.from({ length: 90 }, (_, i) => (i * 17 + (i >> 3)) % 50);
const shadow = model.forward(tokens, { config: shadowConfig() }).logits;

/** Feeds pieces of the given sizes, the last one as long as it takes. */
function inPieces(run: ReferenceRun, sizes: number[], prompt: boolean): Float32Array[] {
  const logits: Float32Array[] = [];
  for (const size of [...sizes, tokens.length]) {
    const piece = tokens.slice(run.length, run.length + size);
    if (piece.length > 0) logits.push(...run.feed(piece, { prompt }).logits);
  }
  return logits;
}

const QUANT_LANES = [
  'k=4 v=2',
  'k=1 v=8 group=64',
  'k=3 v=5 group=head scheme=sym',
  'k=2 v=2 window=7',
  'k=2 v=2 sinks=3 window=1',
  'k=4 v=4 self=fp16',
  'k=2 v=2 k.along=token',
  'k=2 v=2 along=token window=5 sinks=4',
  'k=2 v=3 v.along=token self=fp16',
  'k=2 v=2 transform=hadamard',
  'k=2 v=16 along=token k.transform=hadamard window=40',
];

describe('prefill=quant: a prompt reads what one-by-one feeding would have coded', () => {
  test.each(QUANT_LANES)('%s', (lane) => {
    const config = parseLane(lane);
    const single = inPieces(model.start(config), new Array(tokens.length).fill(1), false);
    expect(single.length).toBe(tokens.length);
    expect(inPieces(model.start(config), [], true)).toEqual(single);
    expect(inPieces(model.start(config), [33, 1, 6, 31], true)).toEqual(single);
    expect(model.forward(tokens, { config, promptTokens: 50 }).logits).toEqual(single);
    expect(klDivergence(shadow[89], single[89])).toBeGreaterThan(1e-7);
  });
});

describe('prefill=fp16', () => {
  test.each(['k=2 v=2 prefill=fp16', 'k=2 v=2 along=token prefill=fp16 window=3'])('%s', (lane) => {
    const { logits } = model.forward(tokens, { config: parseLane(lane), promptTokens: 60 });
    expect(logits.slice(0, 60)).toEqual(shadow.slice(0, 60));
    expect(klDivergence(shadow[60], logits[60])).toBeGreaterThan(1e-7);
  });
});

describe('what equals the shadow to the bit', () => {
  test.each(['k=16 v=16', 'k=16 v=16 group=64 along=token window=3 sinks=2', 'k=2 v=2 window=90', 'k=2 v=2 sinks=90'])(
    '%s',
    (lane) => {
      expect(model.forward(tokens, { config: parseLane(lane), promptTokens: 40 }).logits).toEqual(shadow);
    },
  );

  test('along=token while no block of 32 is full', () => {
    const config = parseLane('k=2 v=2 along=token');
    const { logits } = model.forward(tokens, { config });
    expect(logits.slice(0, 31)).toEqual(shadow.slice(0, 31));
    expect(klDivergence(shadow[31], logits[31])).toBeGreaterThan(1e-7);
  });
});

test('self=fp16 is a window of one', () => {
  const rows = (lane: string) => model.forward(tokens, { config: parseLane(lane) }).logits;
  expect(rows('k=2 v=2 self=fp16')).toEqual(rows('k=2 v=2 window=1'));
});

test('f32 and f16 caches are close, not equal', () => {
  const { logits } = model.forward(tokens, { config: parseLane('k=32 v=32') });
  const kl = klDivergence(shadow[80], logits[80]);
  expect(kl).toBeGreaterThan(0);
  expect(kl).toBeLessThan(1e-4);
});

test('attention rows: one per layer, head and token, each a distribution over the past', () => {
  const { attention, logits } = model.forward(tokens.slice(0, 12), {
    config: parseLane('k=4 v=4'),
    promptTokens: 5,
    attention: true,
    from: 7,
  });
  expect(logits.length).toBe(5);
  expect(attention.map((heads) => heads.map((rows) => rows.length))).toEqual([
    [12, 12, 12, 12],
    [12, 12, 12, 12],
  ]);
  for (const rows of attention.flat()) {
    rows.forEach((row, i) => {
      expect(row.length).toBe(i + 1);
      expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    });
  }
});

test('refuses unknown token ids and groups that do not fit the head', () => {
  expect(() => model.start(shadowConfig()).feed([3, 50])).toThrow('Token id 50 is not in the vocabulary of 50');
  const small = tinyModel({ headDim: 96 });
  expect(() => small.start(parseLane('k=4 v=4 v.group=64'))).toThrow('v: group=64 does not divide');
  expect(() => small.start(parseLane('k=4 v=4 k.transform=hadamard'))).toThrow('power of two; this model has 96');
});
