import { beforeAll, describe, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import type { Move } from '../../gpu/kv/config';
import { Run } from '../../gpu/run';
import type { Frame, RunSpec } from '../../gpu/run-types';
import { someTokens, spec, tinyEngine } from './tiny-engine';

const HEAD = { layer: 1, head: 2 };
const OTHER = { layer: 0, head: 1 };
const STEPS = 40;
let engine: Engine;

beforeAll(async () => {
  const model = { heads: 4, kvHeads: 2, headDim: 64, hidden: 96, types: 'Q4_1' } as const;
  engine = (await tinyEngine(await openGpu(), model)).engine;
});

/** Runs with one head selected; `after` is called when a step's frame is there. */
async function frames(
  what: RunSpec,
  head: typeof HEAD,
  after: (run: Run, all: Frame[]) => Promise<void> = async () => {},
) {
  const run = await Run.create(engine, what);
  run.select(head);
  const all: Frame[] = [];
  try {
    while (!run.done) {
      all.push(await run.advance());
      await after(run, all);
    }
    return all;
  } finally {
    run.destroy();
  }
}

const fedAt = (all: Frame[], step: number) => all[step - 1].lanes.map(({ token }) => token);
const essence = (all: Frame[]) =>
  all.map(({ ms: _, run: __, row: ___, ...rest }) => ({ ...rest, heads: [...rest.heads] }));
const moves: Move[] = [{ step: 9, lane: 1, field: 'k', value: 2, scope: 'all' }];

describe.each<[string, RunSpec]>([
  ['same prefix', spec(['k=4 v=2', 'k=16 v=16'], { steps: STEPS, live: true, moves })],
  [
    'windows, blocks and rotation',
    spec(['k=4 v=2 along=token', 'k=2 v=4 window=6 sinks=2', 'k=2 v=2 transform=hadamard'], { steps: STEPS }),
  ],
  ['free-running', spec(['k=1 v=1', 'k=3 v=3 self=fp16'], { steps: STEPS, mode: 'free-running' })],
  ['sampled', spec(['k=4 v=2'], { steps: STEPS, decode: { temperature: 1, topK: 0, topP: 1, minP: 0, seed: 5 } })],
  ['forced', spec(['k=4 v=2'], { forced: someTokens(STEPS) })],
])('%s', (_, what) => {
  test('the newest step again, for a head that was not selected: the same bits, and the run goes on unchanged', async () => {
    const selected = await frames(what, HEAD);
    const plain = await frames(what, OTHER);
    const rows: unknown[] = [];
    const asked = await frames(what, OTHER, async (run, all) => {
      const step = all.length - 1;
      rows.push(step === 0 ? await run.row(0, HEAD, []) : await run.row(step, HEAD, fedAt(all, step)));
    });
    expect(rows).toEqual(selected.map(({ row }) => row));
    expect(essence(asked)).toEqual(essence(plain));
    expect(asked.map(({ row }) => row)).toEqual(plain.map(({ row }) => row));
  });
});

test('an older step: exact where rows stand, else null', async () => {
  const what = spec(['k=4 v=2'], { steps: 16, live: true, moves });
  const selected = await frames(what, HEAD);
  await frames(what, OTHER, async (run, all) => {
    if (!run.done) return;
    for (const step of [9, 12, 15]) expect(await run.row(step, HEAD, fedAt(all, step))).toEqual(selected[step].row);
    expect(await run.row(8, HEAD, fedAt(all, 8))).toBeNull();
  });
  await frames(spec(['k=4 v=2 window=4'], { steps: 8 }), OTHER, async (run, all) => {
    if (run.done) expect(await run.row(3, HEAD, fedAt(all, 3))).toBeNull();
  });
});

test('a second move of the same side before the next step replaces the first', async () => {
  const what = spec(['k=8 v=8'], { steps: 8, live: true });
  const moved = await frames(what, HEAD, async (run, all) => {
    if (all.length !== 4) return;
    run.move({ lane: 1, field: 'k', value: 2, scope: 'all' });
    run.move({ lane: 1, field: 'k', value: 4, scope: 'new' });
    expect(run.loggedMoves).toEqual([{ lane: 1, field: 'k', value: 4, scope: 'new', step: 4 }]);
  });
  const replayed = await frames({ ...what, moves: [{ lane: 1, field: 'k', value: 4, scope: 'new', step: 4 }] }, HEAD);
  expect(essence(moved)).toEqual(essence(replayed));
});
