import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../../gpu/device';
import { openEngine } from '../../../gpu/engine';
import { shadowConfig } from '../../../gpu/kv/config';
import { formatLane, parseLane } from '../../../gpu/kv/lane';
import type { LabModel } from '../../../gpu/lab/experiment';
import { HELD_OUT } from '../../../gpu/lab/tasks/held-out';
import { questionOf } from '../../../gpu/lab/tasks/question';
import { openGguf } from '../../../gpu/load/gguf';
import { bytesSource } from '../../../gpu/load/source';
import { openTokenizer } from '../../../gpu/load/tokenizer';
import { argmax, klDivergence } from '../../../gpu/measure/divergence';
import type { TaskRow } from '../../../gpu/measure/task-row';
import { taskCells } from '../../../gpu/measure/task-table';
import type { Reference } from '../../../gpu/reference/model';
import { createReference } from '../../../gpu/reference/model';
import type { RunSpec } from '../../../gpu/run-types';
import type { LabWork } from '../../../workers/lab/lab';
import { planLab, runPass } from '../../../workers/lab/lab';
import { onGpu } from '../../../workers/session/maker';
import { summaryOf } from '../../../workers/session/model';
import { tinyGguf } from '../../fixtures/tiny-gguf';

const PAIRS = ['k=16 v=16', 'k=8 v=8', 'k=2 v=4'];
const SHORT = { tasks: ['qa'], lengths: [64], count: 2, pairs: PAIRS, form: 'plain' };
let work: LabWork;
let model: LabModel;
let reference: Reference;

beforeAll(async () => {
  const file = await openGguf(bytesSource(tinyGguf({ types: 'F16' })));
  const parts = { file, tokenizer: openTokenizer(file.metadata) };
  model = { ...parts, summary: summaryOf({ ...parts, sha256: '', kept: false, keptWhy: '' }, 0, 0) };
  reference = await createReference(file);
  work = { maker: onGpu(await openEngine(await openGpu(), file)), model, progress: () => {} };
});

async function all(settings: object, how: Partial<LabWork> = {}, id = 'tasks'): Promise<Record<string, TaskRow[]>> {
  const plan = planLab(id, settings, model);
  const rows: Record<string, TaskRow[]> = {};
  for (const { id } of plan.passes) rows[id] = (await runPass(plan, id, rows, { ...work, ...how })) as TaskRow[];
  return rows;
}

describe('plain form', () => {
  test('hits, KL and first choices are those of the reference', async () => {
    const shares: number[] = [];
    const rows = Object.values(await all({ ...SHORT, least: 0 }, { progress: (share) => shares.push(share) })).flat();
    expect(rows.map(({ i, group }) => [group, i])).toEqual([
      [-1, 0],
      [-1, 1],
      [0, 0],
      [0, 1],
    ]);
    expect(shares).toEqual([0, 0.5, 1, 0, 0.5, 1]);
    for (const { i, group, kept, ok, kl, top, tokens, prompt } of rows) {
      const asked = { task: 'qa', length: 64, form: 'plain', depths: 5, seed: HELD_OUT, shots: 0 } as const;
      const question = questionOf(model, asked, i);
      const answer = question.answer ?? [];
      expect([prompt, tokens]).toEqual([question.prompt.length, answer.length]);
      const text = [...question.prompt, ...answer.slice(0, -1)];
      const logits = (config = shadowConfig()) =>
        reference.forward(text, { config, promptTokens: prompt, from: prompt - 1 }).logits;
      const base = logits();
      for (const [lane, pair] of (group < 0 ? ['k=16 v=16'] : PAIRS).entries()) {
        const own = pair === 'k=16 v=16' ? base : logits(parseLane(pair));
        const hits = own.filter((row, step) => argmax(row) === answer[step]).length;
        expect(kept[lane]).toBeCloseTo(hits / tokens, 12);
        expect(ok[lane]).toBe(Number(hits === tokens));
        expect(top[lane]).toBe(own.filter((row, step) => argmax(row) === argmax(base[step])).length);
        const sum = own.reduce((total, row, step) => total + klDivergence(base[step], row), 0);
        // A K2 row may round to the other code in the last bit of f32.
        expect(Math.abs(kl[lane] - sum)).toBeLessThan(1e-5 + 0.02 * sum);
        if (pair === 'k=16 v=16') expect([kl[lane], top[lane]]).toEqual([0, tokens]);
      }
    }
    const cells = taskCells(rows, PAIRS);
    expect(cells.map(({ lane, n, right }) => [lane, n, right])).toEqual(['fp16', ...PAIRS].map((lane) => [lane, 2, 0]));
    expect(cells[3].kl).toBeGreaterThan(cells[2].kl ?? 1);
  });

  test('what FP16 cannot do is not asked of the lanes', async () => {
    const rows = await all({ ...SHORT, count: 1 });
    expect(Object.values(rows).map((one) => one.length)).toEqual([1, 0]);
  });
});

test('chat form: FP16 writes, lanes write on their own and are compared on its text', async () => {
  const settings = {
    ...SHORT,
    tasks: ['format', 'qa'],
    count: 1,
    pairs: ['k=16 v=16', 'k=2 v=2'],
    form: 'auto',
    least: 0,
  };
  const asked: RunSpec[] = [];
  const create: LabWork['maker']['create'] = (spec, how) => {
    asked.push(spec);
    return work.maker.create(spec, how);
  };
  const rows = await all(settings, { maker: { ...work.maker, create } });
  // A lane that would choose all that FP16 wrote need not write it again.
  const own = asked.filter(({ mode, lanes }) => mode === 'free-running' && lanes.length > 0);
  expect(own.map(({ lanes }) => lanes.map((lane) => formatLane(lane)))).toEqual([['k=2 v=2'], ['k=2 v=2']]);
  expect(Object.keys(rows)).toEqual(['format-64-fp16-0', 'format-64-g0-0', 'qa-64-fp16-0', 'qa-64-g0-0']);
  for (const [[shadow], [lanes]] of [Object.values(rows).slice(0, 2), Object.values(rows).slice(2)]) {
    expect(shadow).toMatchObject({ ok: [0], kl: [0], rouge: [1], tokens: shadow.fed?.length });
    expect(lanes).toMatchObject({ tokens: shadow.tokens, prompt: shadow.prompt });
    expect([lanes.kl[0], lanes.top[0], lanes.rouge?.[0]]).toEqual([0, shadow.tokens, 1]);
    expect(lanes.kl[1]).toBeGreaterThan(0);
    expect(lanes.rouge?.[1]).toBeLessThan(1);
  }
});

test('emergent abilities: a rule from examples, FP16 first, then both sides and each side alone', async () => {
  const settings = { probes: ['icl'], count: 2, least: 0, pairs: ['k=16 v=16', 'k=2 v=2'], weights: [8, 1] };
  const rows = await all(settings, {}, 'emergent');
  expect(Object.keys(rows)).toEqual(['mapping-64-fp16-0', 'mapping-64-g0-0', 'mapping-64-weights']);
  const cells = taskCells(Object.values(rows).flat(), settings.pairs);
  expect(cells.map(({ lane, n }) => [lane, n])).toEqual(
    ['fp16', ...settings.pairs, 'w=8', 'w=1'].map((lane) => [lane, 2]),
  );
  expect(cells[3]).toMatchObject({ kl: null, sameTop: null });
  for (const row of rows['mapping-64-g0-0']) {
    expect([row.kl[0], row.top[0]]).toEqual([0, row.tokens]);
    expect(row.kl[1]).toBeGreaterThan(0);
  }
  const tasksOf = (settings: object) => [
    ...new Set(planLab('emergent', settings, model).passes.map(({ id }) => id.split('-')[0])),
  ];
  expect(tasksOf({})).toEqual(['mapping', 'arithmetic', 'format']);
  expect(tasksOf({ form: 'plain' })).toEqual(['mapping', 'arithmetic', 'extract']);
});

describe('the plan', () => {
  const passes = (settings: object) => planLab('tasks', settings, model).passes;

  test('groups of seven, in pieces of about 4,096 tokens, after FP16', () => {
    const ids = passes({ tasks: ['copy'], lengths: [64], count: 65 }).map(({ id, after }) => [id, after?.length ?? 0]);
    expect(ids).toEqual([
      ...[
        ['copy-64-fp16-0', 0],
        ['copy-64-fp16-64', 0],
        ['copy-64-g0-0', 2],
        ['copy-64-g0-64', 2],
      ],
      ...[
        ['copy-64-g1-0', 2],
        ['copy-64-g1-64', 2],
        ['copy-64-g2-0', 2],
        ['copy-64-g2-64', 2],
      ],
    ]);
  });

  test('leaves out what has no room, and says so when nothing is left', () => {
    expect(new Set(passes({ tasks: ['copy'], lengths: [64, 1024] }).map(({ id }) => id.split('-')[1]))).toEqual(
      new Set(['64']),
    );
    expect(() => passes({ tasks: ['copy'], lengths: [1024] })).toThrow('512 tokens of this model');
    expect(() => passes({ tasks: ['format'], form: 'plain' })).toThrow('chat template');
  });

  test.each([
    [{ tasks: ['poetry'] }, /tasks.0 knows arithmetic/],
    [{ pairs: ['k=9 v=4'] }, /pairs.0/],
    [{ count: 0 }, /count/],
    [{ bits: 4 }, /bits/],
  ])('refuses %j by name', (settings, words) => expect(() => passes(settings)).toThrow(words));
});
