import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGpu } from '../../../gpu/device';
import type { Engine } from '../../../gpu/engine';
import { openEngine } from '../../../gpu/engine';
import type { GridRow } from '../../../gpu/lab/experiments/grid';
import { openGguf } from '../../../gpu/load/gguf';
import { bytesSource } from '../../../gpu/load/source';
import { openTokenizer } from '../../../gpu/load/tokenizer';
import { laneSummary } from '../../../gpu/measure/lane-summary';
import type { LabWork } from '../../../workers/lab/lab';
import { planLab, runPass } from '../../../workers/lab/lab';
import { onGpu } from '../../../workers/session/maker';
import { summaryOf } from '../../../workers/session/model';
import { tinyGguf } from '../../fixtures/tiny-gguf';
import { play, someTokens, spec } from '../tiny-engine';

let engine: Engine;
let work: LabWork;
beforeAll(async () => {
  const file = await openGguf(bytesSource(tinyGguf({ types: 'F16', context: 256 })));
  engine = await openEngine(await openGpu(), file);
  const model = { file, tokenizer: openTokenizer(file.metadata) };
  const summary = summaryOf({ ...model, sha256: '', kept: false, keptWhy: '' }, 0, 0);
  work = { maker: onGpu(engine), model: { ...model, summary }, progress: () => {} };
});
afterAll(() => engine?.weights.buffers.destroy());

const tokens = someTokens(44);
const settings = { tokens, promptTokens: 20 };
const plan = (more: object = {}) => planLab('grid', { ...settings, ...more }, work.model);

async function rowsOf(more: object = {}): Promise<GridRow[]> {
  const one = plan(more);
  const given: Record<string, object[]> = {};
  for (const { id } of one.passes) given[id] = await runPass(one, id, given, work);
  return one.passes.flatMap(({ id }) => given[id] as GridRow[]).filter((row) => row.k !== undefined);
}

test('seven rows of seven, K16 V16 exactly 0, fewer bits cost more where it is plain', async () => {
  expect(plan().passes.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `pairs-${n}`));
  const rows = await rowsOf();
  expect(rows).toHaveLength(49);
  const at = (k: number, v: number) => rows.find((row) => row.k === k && row.v === v) as GridRow;
  expect(at(16, 16)).toMatchObject({ klMax: 0, klMedian: 0, klMean: 0, sameTop: 1, bits: 16, steps: 24 });
  expect(at(2, 2).bytes).toBeLessThan(0.4 * at(16, 16).bytes);
  for (const row of rows) if (row !== rows[0]) expect(row.klMean).toBeGreaterThan(0);
  expect(at(2, 2).klMean).toBeGreaterThan(10 * at(8, 8).klMean);
  expect(at(4, 2)).toMatchObject({ kBits: 5, vBits: 3, bits: 4, tokens: 43 });
});

test('a row is bit for bit what a run of its lane alone gives', async () => {
  const rows = await rowsOf({ k: [8, 3], v: [16, 4, 2, 5, 6] });
  for (const i of [0, 9]) {
    const alone = spec([rows[i].lane], { prompt: tokens.slice(0, 20), forced: tokens.slice(20), heads: false });
    const { frames } = await play(engine, alone);
    expect(rows[i]).toMatchObject(laneSummary(frames, 1));
    const { bytes, effectiveBits } = frames[frames.length - 1].lanes[1];
    expect(rows[i]).toMatchObject({ bytes: bytes.total, bits: effectiveBits.mean });
  }
});

test('a prompt is gone on with by FP16 first, and all pairs are fed that', async () => {
  const more = {
    text: 'The lamp burned',
    tokens: null,
    promptTokens: null,
    steps: 9,
    k: [4, 2],
    v: [4, 3, 2, 8],
    lane: 'group=head',
  };
  const one = plan(more);
  expect(one.passes.map(({ id, after }) => [id, after])).toEqual([
    ['text', undefined],
    ['pairs-1', ['text']],
    ['pairs-2', ['text']],
  ]);
  const [{ tokens: written }] = (await runPass(one, 'text', {}, work)) as { tokens: number[] }[];
  expect(written.length).toBeGreaterThan(0);
  expect(written.length).toBeLessThanOrEqual(9);
  const rows = (await runPass(one, 'pairs-2', { text: [{ tokens: written }] }, work)) as GridRow[];
  expect(rows.map(({ k, v, lane }) => [k, v, lane])).toEqual([[2, 8, 'k=2 v=8 group=head']]);
  expect(rows[0].steps).toBe(written.length);
});

test('ends within a step of the signal', async () => {
  const stop = new AbortController();
  let heard = 0;
  const progress = () => {
    heard++;
    if (heard === 3) stop.abort();
  };
  const one = plan();
  const pass = runPass(one, 'pairs-1', {}, { ...work, progress, signal: stop.signal });
  await expect(pass).rejects.toMatchObject({ code: 'cancelled' });
  expect(heard).toBe(3);
});

test.each([
  [{ lane: 'system=zipcache' }, 'sets its widths itself'],
  [{ lane: 'magic=1' }, 'magic'],
  [{ lane: 'group=64' }, 'does not divide'],
  [{ k: [4, 9] }, 'k=9 is not possible'],
  [{ k: [] }, 'must hold a width'],
  [{ steps: 0 }, 'steps'],
  [{ promptTokens: 44 }, 'nothing is left to score'],
  [{ tokens: null, text: '' }, 'no text to run'],
  [{ steps: 300, promptTokens: null }, 'more than the 256'],
  [{ colour: 'red' }, 'colour'],
])('refuses %j', (more, message) => expect(() => plan(more)).toThrow(message));
