import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import type { Decisions } from '../../gpu/kv/decisions';
import { Run } from '../../gpu/run';
import { repeatedHeads } from '../fixtures/repeated-heads';
import type { Outcome } from './tiny-engine';
import { play, someTokens, spec, tinyEngine } from './tiny-engine';

/** Three query heads to a KV head. */
const MODEL = { heads: 6, kvHeads: 2, headDim: 32, hidden: 64, types: 'F16' } as const;
const COPIES = 3;
const prompt = someTokens(50);
const forced = someTokens(12, 200, 5);
/** Rows of decoded tokens wait and are coded in blocks, and an eviction larger than the text. */
const QUERY = [
  'system=snapkv cap=20 window=8 heads=query',
  'system=snapkv cap=20 window=8 heads=query then=kivi4 then.window=4',
  'system=snapkv heads=query',
];
const OTHERS = ['system=snapkv cap=20 window=8', 'k=4 v=4 window=9', 'system=adakv cap=20 then=kivi4'];
const LANES = [...QUERY, ...OTHERS];
const byKv = (lane: string): string => lane.replace(' heads=query', '');

let engine: Engine;
/** The same model with keys and values repeated for its query heads: there, a list per KV head is one per query head. */
let repeated: Engine;
let all: Outcome;

beforeAll(async () => {
  const gpu = await openGpu();
  engine = (await tinyEngine(gpu, MODEL)).engine;
  repeated = (await tinyEngine(gpu, repeatedHeads(MODEL))).engine;
  all = await play(engine, spec(LANES, { prompt, forced }));
});

const logitsOf = ({ logits }: Outcome, lane: number) => logits.map((rows) => rows[lane]);

async function decided(on: Engine, lane: string): Promise<Decisions> {
  const run = await Run.create(on, spec([lane], { prompt, forced }));
  try {
    while (!run.done) await run.advance();
    return run.decisions(1);
  } finally {
    run.destroy();
  }
}

describe.each(QUERY.map((lane, i) => [lane, i + 1] as const))('%s', (lane, at) => {
  test('alone or beside others, bit for bit', async () => {
    expect(logitsOf(await play(engine, spec([lane], { prompt, forced })), 1)).toEqual(logitsOf(all, at));
  });

  test('is what a model with repeated keys and values does, bit for bit and byte for byte', async () => {
    const other = await play(repeated, spec([byKv(lane)], { prompt, forced }));
    expect(logitsOf(all, at)).toEqual(logitsOf(other, 1));
    for (const [step, frame] of all.frames.entries()) {
      const [got, want] = [frame.lanes[at].bytes, other.frames[step].lanes[1].bytes];
      const rows = ({ codes, meta, exact, tables, k, v, total, reserved }: typeof got) => ({
        ...{ codes, meta, exact, tables, k, v, total, reserved },
      });
      expect(rows(got)).toEqual(rows(want));
      expect(want.fp16).toBe(COPIES * got.fp16);
    }
    expect(await decided(engine, lane)).toEqual(await decided(repeated, byKv(lane)));
  });
});

test('lanes beside those are what they are without them, bit for bit', async () => {
  const without = await play(engine, spec(OTHERS, { prompt, forced }));
  for (const [i] of OTHERS.entries()) expect(logitsOf(all, QUERY.length + i + 1)).toEqual(logitsOf(without, i + 1));
});

test('every query head has a list of its own', async () => {
  const { kept } = await decided(engine, QUERY[0]);
  for (const heads of kept!) {
    expect(heads).toHaveLength(MODEL.heads);
    expect(new Set(heads.slice(0, COPIES)).size).toBeGreaterThan(1);
  }
});

test('where nothing leaves nothing changes but the bytes of the copies', () => {
  const at = LANES.indexOf('system=snapkv heads=query') + 1;
  for (const { lanes } of all.frames) {
    expect(lanes[at].kl).toBe(0);
    expect(lanes[at].bytes.exact).toBe(COPIES * lanes[at].bytes.fp16);
    expect(lanes[at].effectiveBits.mean).toBe(COPIES * 16);
  }
});

test('with as many KV heads as query heads, both words say the same', async () => {
  const lanes = QUERY.flatMap((lane) => [lane, byKv(lane)]);
  const got = await play(repeated, spec(lanes, { prompt, forced: forced.slice(0, 5) }));
  for (const [i] of QUERY.entries()) {
    expect(logitsOf(got, 2 * i + 1)).toEqual(logitsOf(got, 2 * i + 2));
    for (const { lanes } of got.frames) expect(lanes[2 * i + 1].bytes).toEqual(lanes[2 * i + 2].bytes);
  }
});
