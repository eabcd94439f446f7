import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ran } from './cli';
import { cliFolder, runCli } from './cli';
import { laneKeys, numbersIn, SUMMARY } from './eval-shape';

const folder = cliFolder();
afterAll(folder.remove);
const model = folder.model('model.gguf');
const words = 'the rain in the hand and the wind on the other side of the water, '.repeat(3);
const text = folder.write('text.txt', words);
const logits = join(folder.path, 'logits.f32');

async function ev(...args: string[]) {
  const ran = await runCli('headless', ['--model', model, ...args]);
  expect(ran).toMatchObject({ code: 0, stderr: [expect.stringMatching(/^adapter: /)] });
  return { ran, doc: JSON.parse(ran.stdout.trim().split('\n').at(-1) as string) };
}

/** The result without what may differ from run to run. */
const lasting = ({ timing: _, ...rest }: { timing: unknown }) => rest;

describe('a text under three lanes', () => {
  const P = 12;
  const file = folder.write('lane.json', '{"k": {"bits": 4}, "v": {"bits": 2}}');
  const args = ['--text', text, '--prompt-tokens', `${P}`, '--max-tokens', '20', '--top', '3', '--heads'];
  const lanes = ['--lane', 'k=4 v=2', '--lane', 'k=16 v=16', '--lane', `@${file}`];
  let ran: Ran;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of another process
  let doc: any;
  beforeAll(async () => {
    ({ ran, doc } = await ev(...args, ...lanes, '--logits', logits));
  });

  test('stdout is one JSON document with every field of the contract, all numbers finite', () => {
    expect(ran.stdout.match(/\n/g)).toHaveLength(1);
    expect(Object.keys(doc)).toEqual([
      'version',
      'model',
      'adapter',
      'tokens',
      'promptTokens',
      'mode',
      'shadow',
      'lanes',
      'timing',
    ]);
    expect(doc.model).toMatchObject({ arch: 'llama', layers: 2, heads: 2, kvHeads: 1, headDim: 32, vocab: 288 });
    expect(doc.model).toMatchObject({ name: 'model', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(Object.keys(doc.adapter)).toEqual(['name', 'features', 'software']);
    expect(Object.keys(doc.shadow)).toEqual(['config', 'bytes', 'nll', 'meanNll', 'top', 'detectors']);
    for (const lane of doc.lanes) expect(Object.keys(lane).sort()).toEqual([...laneKeys, 'top', 'heads'].sort());
    for (const lane of doc.lanes) expect(Object.keys(lane.summary).sort()).toEqual([...SUMMARY].sort());
    const { cpuMs, ...timing } = doc.timing;
    expect(Object.keys(cpuMs)).toEqual(['load', 'prefill', 'decodePerToken']);
    expect(Object.keys(timing)).toEqual([
      'loadMs',
      'prefillMs',
      'prefillTokensPerS',
      'decodeMsMedian',
      'tokensPerS',
      'lanes',
      'gpuBytes',
    ]);
    expect(timing).toMatchObject({ lanes: 4 });
    for (const value of Object.values({ ...timing, ...cpuMs })) expect(value).toBeGreaterThan(0);
    // A detector that never fired has no first step.
    expect(ran.stdout.replaceAll('"firstStep":null', '')).not.toMatch(/:null|,null|\[null/);
    expect(numbersIn(doc).every(Number.isFinite)).toBe(true);
  });

  test('scored positions run from the last token of the prompt to the last but one', () => {
    expect(doc).toMatchObject({ version: 1, mode: 'same-prefix', promptTokens: P });
    expect(doc.tokens).toHaveLength(P + 20);
    for (const lane of doc.lanes) {
      expect(lane.steps.map((s: { position: number }) => s.position)).toEqual(
        [...Array(20).keys()].map((i) => P - 1 + i),
      );
      expect(lane.steps.map((s: { token: number }) => s.token)).toEqual(doc.tokens.slice(P));
    }
  });

  test('K16V16 is the shadow itself', () => {
    const exact = doc.lanes[1];
    for (const step of exact.steps) expect(step).toMatchObject({ kl: 0, dp: 0, sameTop: true });
    expect(exact.steps.map((s: { nll: number }) => s.nll)).toEqual(doc.shadow.nll);
    expect(exact.summary).toMatchObject({ klMean: 0, klMax: 0, sameTop: 1, lnPplRatio: 0, steps: 20 });
    expect(exact.top).toEqual(doc.shadow.top);
    expect(numbersIn([exact.heads.tv, exact.heads.js]).every((x) => x === 0)).toBe(true);
    expect(exact.effectiveBits).toEqual({ k: 16, v: 16, mean: 16, packedMean: 16 });
  });

  test('the summary is that of the steps', () => {
    const { steps, summary } = doc.lanes[0];
    const mean = (pick: (s: { kl: number; nll: number; dp: number }) => number) =>
      steps.reduce((sum: number, s: never) => sum + pick(s), 0) / steps.length;
    expect(summary.klMean).toBeGreaterThan(0.001);
    expect(summary.klMean).toBeCloseTo(
      mean((s) => s.kl),
      12,
    );
    expect(summary.ppl).toBeCloseTo(Math.exp(mean((s) => s.nll)), 8);
    expect(summary.dpMean).toBeCloseTo(
      mean((s) => s.dp),
      12,
    );
    expect(Math.log(summary.pplBase)).toBeCloseTo(doc.shadow.meanNll, 12);
  });

  test('bytes add up and follow from the configuration', () => {
    const values = (P + 19) * 2 * 32 * 2;
    for (const { bytes } of [doc.shadow, ...doc.lanes]) {
      expect(bytes.total).toBe(bytes.codes + bytes.meta + bytes.exact + bytes.tables);
      expect(bytes.reserved).toBeGreaterThanOrEqual(bytes.total);
      expect(bytes).toMatchObject({ fp16: values * 2, instrumentation: 0 });
    }
    expect(doc.shadow.bytes).toMatchObject({ exact: values * 2, codes: 0, meta: 0 });
    expect(doc.lanes[0].bytes).toMatchObject({
      exact: 0,
      codes: (values / 2) * (4 / 8 + 2 / 8),
      meta: (values / 32) * 4,
    });
    expect(doc.lanes[0].effectiveBits).toEqual({ k: 5, v: 3, mean: 4, packedMean: 4 });
  });

  test('a lane from a file is the lane of the same words', () => {
    expect(doc.lanes[2]).toEqual(doc.lanes[0]);
    expect(doc.lanes[0]).toMatchObject({ policy: {}, config: { k: { bits: 4 }, v: { bits: 2 } } });
  });

  test('every detector reports by lane; the shadow goes through them too', () => {
    const ids = ['jitter', 'distant', 'distribution', 'repetition', 'reasoning', 'instruction'];
    for (const { detectors } of [doc.shadow, ...doc.lanes]) {
      expect(detectors.map((one: { id: string }) => one.id)).toEqual(ids);
      for (const { firstStep, value, threshold } of detectors) {
        expect(firstStep === null || value > threshold).toBe(true);
      }
    }
    const jitter = doc.lanes[0].detectors[0];
    expect(jitter).toMatchObject({ steps: 4 });
    expect(jitter.value).toBeGreaterThan(0);
    expect(doc.lanes[1].detectors[0]).toMatchObject({ firstStep: null, value: 0 });
    expect(doc.lanes[0].detectors[5]).toMatchObject({ absent: 'no-instruction', value: 0 });
  });

  test('the same input gives the same result', async () => {
    const again = await ev(...args, ...lanes);
    expect(lasting(again.doc)).toEqual(lasting(doc));
  });

  test('heads are [layer][head], top is [position][n], best first', () => {
    const measures = ['tv', 'js', 'entropyChange', 'flip', 'sink', 'sinkChange', 'far', 'farChange'];
    expect(Object.keys(doc.lanes[0].heads)).toEqual(measures);
    for (const table of Object.values<number[][]>(doc.lanes[0].heads)) {
      expect(table.map((row) => row.length)).toEqual([2, 2]);
    }
    expect(numbersIn(doc.lanes[0].heads.tv).every((x) => x > 0 && x <= 1)).toBe(true);
    expect(doc.shadow.top).toHaveLength(20);
    for (const best of doc.shadow.top) {
      expect(best).toHaveLength(3);
      expect(best[0][1]).toBeGreaterThanOrEqual(best[1][1]);
      expect(best[1][1]).toBeGreaterThanOrEqual(best[2][1]);
    }
  });

  test('--logits holds the rows of the shadow, whatever lanes stand beside it; --lane none; --tokens', async () => {
    const bytes = readFileSync(logits);
    expect(bytes).toHaveLength(20 * 288 * 4);
    const rows = new Float32Array(bytes.buffer, bytes.byteOffset, 20 * 288);
    for (let i = 0; i < 20; i++) {
      const row = rows.subarray(i * 288, (i + 1) * 288);
      const sum = Math.log(row.reduce((total, x) => total + Math.exp(x), 0));
      expect(sum - row[doc.tokens[P + i]]).toBeCloseTo(doc.shadow.nll[i], 4);
      expect(row[doc.shadow.top[i][0][0]]).toBe(Math.max(...row));
    }
    const tokens = folder.write('tokens.json', JSON.stringify(doc.tokens));
    const alone = await ev('--tokens', tokens, '--prompt-tokens', `${P}`, '--lane', 'none', '--logits', logits);
    expect(alone.doc).toMatchObject({ lanes: [], tokens: doc.tokens, shadow: { nll: doc.shadow.nll } });
    expect(readFileSync(logits).equals(bytes)).toBe(true);
  });
});

test('--prompt-tokens from 1 to all but one, half by default; seven lanes', async () => {
  const tokens = folder.write('nine.json', '[40, 41, 70, 71, 90, 43, 120, 99, 100]');
  const steps = async (...args: string[]) => {
    const { doc } = await ev('--tokens', tokens, ...args);
    return doc.lanes.map((lane: { steps: { position: number }[] }) => lane.steps.map((s) => s.position));
  };
  expect(await steps('--prompt-tokens', '1')).toEqual([[0, 1, 2, 3, 4, 5, 6, 7]]);
  expect(await steps('--prompt-tokens', '8', ...Array(7).fill('--lane=k=2 v=8'))).toEqual(Array(7).fill([7]));
  expect(await steps()).toEqual([[3, 4, 5, 6, 7]]);
});

test('a slow reader of the pipe gets the whole document', async () => {
  const args = ['--model', model, '--text', text, '--max-tokens', '40', '--top', '288', '--lane', 'k=2 v=2'];
  const ran = await runCli('headless', args, { reads: false });
  expect(ran.stdout.length).toBeGreaterThan(400_000);
  expect(JSON.parse(ran.stdout).lanes[0].top).toHaveLength(40);
});
