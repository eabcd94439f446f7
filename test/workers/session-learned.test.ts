import { afterEach, expect, test } from 'vitest';
import { ModelStore } from '../../gpu/load/store';
import { TableStore } from '../../workers/session/table-store';
import { memoryFolder } from '../fixtures/memory-folder';
import { memoryShelf } from './memory-shelf';
import type { Desk } from './session-host';
import { desk, tinyFile } from './session-host';

/** What was learned is kept by the model's hash, whatever engine runs it: here the one on the CPU, which learns nothing itself. */
const lists = [Uint32Array.of(1, 2)];
let d: Desk;
afterEach(() => d.close());

async function visit(shelf = memoryShelf(), models = new ModelStore(memoryFolder())) {
  const tables = new TableStore(shelf);
  d = desk(models, '', tables);
  await d.call('hello', { cpu: true });
  const { model } = await d.call('load', { kind: 'file', file: tinyFile() });
  return { shelf, tables, sha256: model.sha256 };
}

test('the list of kept models says how much each has taught, and forgetting one takes that with it', async () => {
  const { tables, sha256 } = await visit();
  for (const what of ['k', 'v']) await tables.of(sha256).write(what, lists);
  await tables.of('0'.repeat(64)).write('k', lists);
  const [model] = await d.call('stored', undefined);
  expect(model).toMatchObject({ sha256, learned: 2 });
  await d.call('forget', model.id);
  expect(await tables.counts()).toEqual(new Map([['0'.repeat(64), 1]]));
});

test('what the present model has taught goes by itself; the model stays', async () => {
  const { tables, sha256 } = await visit();
  await tables.of(sha256).write('k', lists);
  await d.call('unlearn', undefined);
  expect(await tables.counts()).toEqual(new Map());
  expect(await d.call('stored', undefined)).toMatchObject([{ sha256, learned: 0 }]);
});

test('a database that fails leaves the list of models as it is', async () => {
  const { shelf, sha256 } = await visit();
  shelf.broken = true;
  const [model] = await d.call('stored', undefined);
  expect(model).toMatchObject({ sha256, learned: 0 });
  await d.call('unlearn', undefined);
  await d.call('forget', model.id);
  expect(await d.call('stored', undefined)).toEqual([]);
});
