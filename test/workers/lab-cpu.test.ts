import { beforeAll, describe, expect, it } from 'vitest';
import { parseLane } from '../../gpu/kv/lane';
import type { LaneRow, RefusedRow, RuleRow } from '../../gpu/lab/experiments/advice';
import type { GridRow } from '../../gpu/lab/experiments/grid';
import type { CacheRow, MechanismRow } from '../../gpu/lab/experiments/mechanism';
import type { LocalRow, SensitivityRow } from '../../gpu/lab/experiments/sensitivity';
import { localErrors } from '../../gpu/lab/local-runs';
import { plainSpec } from '../../gpu/lab/text';
import { openGguf } from '../../gpu/load/gguf';
import { bytesSource } from '../../gpu/load/source';
import { openTokenizer } from '../../gpu/load/tokenizer';
import type { TaskRow } from '../../gpu/measure/task-row';
import { createReference } from '../../gpu/reference/model';
import { Host } from '../../workers/lab/host';
import type { LabWork } from '../../workers/lab/lab';
import { onCpu } from '../../workers/session/maker';
import { summaryOf } from '../../workers/session/model';
import { tinyGguf } from '../fixtures/tiny-gguf';
import { runAll } from '../gpu/lab/run-all';

const MODEL = { layers: 3, heads: 4, kvHeads: 2, headDim: 32, hidden: 96, context: 512, types: 'F16' } as const;
const tokens = Array.from({ length: 20 }, (_, i) => (i * i * 13 + i * 31 + 7) % 200);
const text = { tokens, promptTokens: 12, steps: 8 };
let work: LabWork;

/** The lab where there is no GPU at all. */
beforeAll(async () => {
  const file = await openGguf(bytesSource(tinyGguf(MODEL)));
  const model = { file, tokenizer: openTokenizer(file.metadata) };
  const summary = summaryOf({ ...model, sha256: '', kept: false, keptWhy: '' }, 0, 0);
  work = { maker: onCpu(await createReference(file)), model: { ...model, summary }, progress: () => {} };
});

describe('layers on their own', () => {
  const errorsOf = async (lanes: string[]) => {
    const host = new Host(work.maker, work.model, () => {}, undefined);
    const spec = { ...plainSpec(tokens.slice(0, 12)), lanes: lanes.map(parseLane), forced: tokens.slice(12), steps: 8 };
    const errors = await localErrors(host, spec);
    return lanes.map((_, i) => errors.of(i));
  };

  it('K16 V16 errs nowhere, a lane that codes one layer errs in that layer alone', async () => {
    const [exact, one, values] = await errorsOf(['k=16 v=16', 'pairs=0-0:16.16,1-1:2.3,2-2:16.16', 'k=16 v=2']);
    const zero = { tv: Array(3).fill([0, 0, 0, 0]), heads: Array(3).fill([0, 0, 0, 0]), block: [0, 0, 0] };
    expect(exact).toEqual(zero);
    expect(one.block.map((error) => error > 0)).toEqual([false, true, false]);
    expect(one.heads[1].every((error) => error > 0)).toBe(true);
    expect(values.tv).toEqual(zero.tv);
    expect(values.block.every((error) => error > 0)).toBe(true);
  });
});

describe('experiments', () => {
  it('the grid runs its pairs on the given text', async () => {
    const rows = await runAll<GridRow>('grid', { ...text, k: [16, 2], v: [16, 2] }, work);
    const pairs = rows['pairs-1'];
    expect(pairs.map(({ k, v }) => [k, v])).toEqual([
      [16, 16],
      [16, 2],
      [2, 16],
      [2, 2],
    ]);
    expect(pairs[0].klMax).toBe(0);
    for (const { klMean, steps } of pairs.slice(1)) expect([klMean > 0, steps]).toEqual([true, 8]);
  });

  it('the sensitivity map, with widths by layer run beside the flat pair', async () => {
    const settings = { ...text, lane: '', widths: [2, 4], k: 2, v: 4 };
    const rows = await runAll<SensitivityRow>('sensitivity', settings, work);
    const local = rows['map-1'].filter((row): row is LocalRow => row.kind === 'local');
    expect(local).toHaveLength(2 * 2 * 3);
    const mean = (side: string, bits: number) =>
      local.filter((row) => row.side === side && row.bits === bits).reduce((sum, { block }) => sum + block, 0);
    for (const side of ['k', 'v']) expect(mean(side, 2)).toBeGreaterThan(mean(side, 4));
    expect(rows.compare.map((row) => 'role' in row && row.role)).toContain('suggested');
  });

  it('norms of the cache beside the errors of its layers', async () => {
    const rows = await runAll<MechanismRow>('mechanism', { ...text, bits: 3 }, work);
    expect(rows.cache).toHaveLength(3);
    for (const row of rows.cache as CacheRow[]) {
      expect(row.tokens).toBe(19);
      for (const value of [row.kSpectral, row.vFrobenius, row.kKurtosis, row.kError, row.vError, row.kTv])
        expect(value).toBeGreaterThan(0);
    }
    expect(rows.claim).toHaveLength(5);
  });

  it('tasks in plain text', async () => {
    const settings = { tasks: ['qa'], lengths: [64], pairs: ['k=4 v=4', 'k=2 v=2'], count: 1, form: 'plain', least: 0 };
    const rows = await runAll<TaskRow>('tasks', settings, work);
    const [lanes] = Object.values(rows)
      .flat()
      .filter(({ group }) => group === 0);
    expect(lanes.ok).toHaveLength(2);
    expect(lanes.kl[1]).toBeGreaterThan(lanes.kl[0]);
  });

  it('the advisor runs what it can and says why not the rest', async () => {
    const lanes = ['k=4 v=2', 'system=kivi k=2 v=2 window=32'];
    const rows = await runAll<LaneRow | RuleRow | RefusedRow>('advice', { ...text, lanes }, work);
    expect(rows.lanes.map((row) => [row.kind, 'lane' in row ? row.lane : row.keys])).toEqual([
      ['lane', 'k=4 v=2'],
      ['lane', 'k=2 v=4'],
      ['rule', 'k=4 v=2'],
      ['refused', 'system=kivi k=2 v=2 window=32'],
    ]);
    expect((rows.lanes[1] as LaneRow).role).toBe('swapped');
    expect((rows.lanes[3] as RefusedRow).why).toMatch(/^The reference engine does not know/);
  });
});
