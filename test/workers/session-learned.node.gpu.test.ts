import { afterEach, expect, test } from 'vitest';
import { ModelStore } from '../../gpu/load/store';
import type { Kept } from '../../workers/session/table-store';
import { TableStore } from '../../workers/session/table-store';
import { memoryFolder } from '../fixtures/memory-folder';
import { memoryShelf } from './memory-shelf';
import type { Desk } from './session-host';
import { desk, essence, runSpec, tinyFile } from './session-host';

/** Software adapters compile readers of keys before RoPE for a long time. */
const PATIENCE = 600_000;
const LANES = ['system=skvq group=32 window=2 sinks=1', 'system=qwc budget=3'];
const desks: Desk[] = [];
afterEach(async () => {
  for (const d of desks.splice(0)) await d.close();
});

/** A new visit: another session, the same storage. */
function visit(shelf = memoryShelf(), models = new ModelStore(memoryFolder())): Desk {
  const d = desk(models, '', new TableStore(shelf));
  desks.push(d);
  return d;
}
const load = (d: Desk, seed = 1) => d.call('load', { kind: 'file', file: tinyFile({ seed }) });

/** One run to its end: where its tables come from, whether the text was read, and its frames. */
async function run(d: Desk, lanes = LANES) {
  d.heard.length = 0;
  const { learned } = await d.call('start', runSpec(lanes, { steps: 6 }));
  await d.call('play', {});
  const read = d.all('progress').some(({ phase }) => phase === 'learning');
  return { learned, read, frames: essence(d.frames()) };
}

test(
  'tables and norms learned on one visit are used on the next: no pass over the text, the same run bit for bit',
  async () => {
    const shelf = memoryShelf();
    const models = new ModelStore(memoryFolder());
    const first = visit(shelf, models);
    await load(first);
    const made = await run(first);
    expect(made).toMatchObject({ learned: 'new', read: true });
    expect((await first.call('stored', undefined))[0].learned).toBe(3);
    expect((await run(first, ['k=4 v=4'])).learned).toBeUndefined();

    const next = visit(shelf, models);
    await load(next);
    expect(await run(next)).toEqual({ learned: 'kept', read: false, frames: made.frames });

    const other = visit(shelf, models);
    await load(other, 2);
    expect(await run(other)).toMatchObject({ learned: 'new', read: true });
  },
  PATIENCE,
);

test(
  'spoilt records are learned anew, and storage that fails breaks no run',
  async () => {
    const shelf = memoryShelf();
    const first = visit(shelf);
    await load(first);
    const made = await run(first);
    for (const [key, record] of shelf.records) {
      const { lists, ...rest } = record as Kept;
      shelf.records.set(key, { ...rest, lists: lists.map((list) => list.map((word) => word ^ 1)) });
    }
    const second = visit(shelf);
    await load(second);
    expect(await run(second)).toEqual(made);

    shelf.broken = true;
    const third = visit(shelf);
    await load(third);
    expect(await run(third)).toEqual({ ...made, learned: 'unkept' });
  },
  PATIENCE,
);

test(
  'what was learned goes by itself, or with its model',
  async () => {
    const shelf = memoryShelf();
    const d = visit(shelf);
    await load(d);
    await run(d);
    await d.call('unlearn', undefined);
    expect(shelf.records.size).toBe(0);
    expect((await run(d)).learned).toBe('new');
    const [model] = await d.call('stored', undefined);
    await d.call('forget', model.id);
    expect(shelf.records.size).toBe(0);
    expect((await run(d)).learned).toBe('new');
  },
  PATIENCE,
);
