import { beforeAll, describe, expect, it } from 'vitest';
import type { Gpu } from '../../../gpu/device';
import { openGpu } from '../../../gpu/device';
import { openEngine } from '../../../gpu/engine';
import type { AdviceRow, LaneRow, TextRow } from '../../../gpu/lab/experiments/advice';
import { openGguf } from '../../../gpu/load/gguf';
import { bytesSource } from '../../../gpu/load/source';
import { openTokenizer } from '../../../gpu/load/tokenizer';
import type { LabWork } from '../../../workers/lab/lab';
import { planLab, runPass } from '../../../workers/lab/lab';
import { onGpu } from '../../../workers/session/maker';
import { summaryOf } from '../../../workers/session/model';
import { tinyGguf } from '../../fixtures/tiny-gguf';

let gpu: Gpu;
const work: Record<string, LabWork> = {};

async function open(arch: 'llama' | 'qwen2'): Promise<LabWork> {
  const file = await openGguf(
    bytesSource(tinyGguf({ arch, types: 'F16', layers: 2, headDim: 64, heads: 2, kvHeads: 1 })),
  );
  const model = { file, tokenizer: openTokenizer(file.metadata) };
  const summary = summaryOf({ ...model, sha256: '', kept: false, keptWhy: '' }, 0, 0);
  return { maker: onGpu(await openEngine(gpu, file)), model: { ...model, summary }, progress: () => {} };
}

beforeAll(async () => {
  gpu = await openGpu();
  work.llama = await open('llama');
  work.qwen2 = await open('qwen2');
});

const tokens = Array.from({ length: 24 }, (_, i) => (i * i * 13 + i * 31 + 7) % 200);

describe('the advisor experiment', () => {
  it('runs its proposals and the exchanged pair on one text and keeps every number', async () => {
    const settings = {
      tokens,
      promptTokens: 16,
      steps: 8,
      scene: 'summary',
      length: 512,
      lanes: ['k=8 v=4', 'k=8 v=8', 'k=4 v=4'],
    };
    const plan = planLab('advice', settings, work.llama.model);
    expect(plan.passes.map(({ id }) => id)).toEqual(['model', 'lanes']);
    const all = (await runPass(plan, 'lanes', {}, work.llama)) as AdviceRow[];
    const rows = all.filter((row): row is LaneRow => row.kind === 'lane');
    const found = { steps: 8, nearer: null, mean: null };
    expect(all.at(-1)).toMatchObject({ kind: 'rule', keys: 'k=8 v=4', values: 'k=4 v=8', ...found });
    expect(rows.length).toBe(4);
    expect(rows.map(({ role }) => role)).toEqual(['proposal', 'proposal', 'proposal', 'swapped']);
    expect(rows[0].lane).toBe('k=8 v=4');
    expect(rows[3].lane).toBe('k=4 v=8');
    for (const row of rows) {
      expect(row.kl.length).toBe(8);
      expect(row.summary.steps).toBe(8);
      expect([row.verdict, row.agreement]).toEqual([null, row.published === '' ? null : 'few']);
      expect(row.summary.klMax).toBe(Math.max(...row.kl));
      expect(row.summary.klMax).toBeGreaterThan(0);
      expect(row.bytes).toBeLessThan(row.fp16);
      expect(row.tokens).toBe(23);
      expect(row.sinkHeads).toBeGreaterThanOrEqual(0);
      expect(row.detectors.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['distribution', 'jitter', 'repetition']),
      );
    }
    // Both sides of the exchanged pair take the same bytes.
    expect(rows[3].bytes).toBe(rows[0].bytes);
    expect(rows[1].summary.klMean).toBeLessThan(rows[0].summary.klMean);
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
  });

  it('feeds every lane what FP16 wrote', async () => {
    const settings = { tokens: tokens.slice(0, 12), steps: 5, lanes: ['k=4 v=4'] };
    const plan = planLab('advice', settings, work.llama.model);
    expect(plan.passes.map(({ id }) => id)).toEqual(['model', 'text', 'lanes']);
    const text = (await runPass(plan, 'text', {}, work.llama)) as TextRow[];
    expect(text[0].tokens.length).toBeGreaterThan(0);
    expect(text[0].tokens.length).toBeLessThanOrEqual(5);
    const rows = (await runPass(plan, 'lanes', { text }, work.llama)) as LaneRow[];
    expect(rows[0].kl.length).toBe(text[0].tokens.length);
  });

  it('measures the key bias of a model that has one', async () => {
    const plan = planLab('advice', { tokens, promptTokens: 16, steps: 8 }, work.qwen2.model);
    const [row] = (await runPass(plan, 'model', {}, work.qwen2)) as { keyBias: number[] }[];
    expect(row.keyBias.length).toBe(2);
    for (const norm of row.keyBias) expect(norm).toBeGreaterThan(0);
    const none = planLab('advice', { tokens, promptTokens: 16, steps: 8 }, work.llama.model);
    expect(await runPass(none, 'model', {}, work.llama)).toEqual([{ kind: 'model', keyBias: [] }]);
  });

  it('refuses a budget that nothing fits', () => {
    const settings = { tokens, promptTokens: 16, steps: 8, budget: 0 };
    expect(() => planLab('advice', settings, work.llama.model)).toThrow('No proposal fits 0 MB at 1024 tokens.');
  });
});
