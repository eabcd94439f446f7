import { expect, test } from 'vitest';
import type { Kept } from '../../workers/session/table-store';
import { TableStore } from '../../workers/session/table-store';
import { memoryShelf } from './memory-shelf';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const lists = [Uint32Array.of(1, 2, 3), new Uint32Array(0), Uint32Array.of(0xffffffff)];

function kept() {
  const shelf = memoryShelf();
  return { shelf, store: new TableStore(shelf) };
}

test('what one model has taught is found by its name only, and by no other model', async () => {
  const { store } = kept();
  expect(await store.of(A).write('tables k', lists)).toBe(true);
  expect(await store.of(A).read('tables k')).toEqual(lists);
  expect(await store.of(A).read('tables v')).toBeNull();
  expect(await store.of(B).read('tables k')).toBeNull();
});

test.each([
  ['another format', (record: Kept) => ({ ...record, format: 0 })],
  ['a changed word', (record: Kept) => ({ ...record, lists: [Uint32Array.of(1, 2, 4), ...record.lists.slice(1)] })],
  ['words moved between lists', (record: Kept) => ({ ...record, lists: [Uint32Array.of(1, 2), Uint32Array.of(3)] })],
  ['another model', (record: Kept) => ({ ...record, model: B })],
  ['another name', (record: Kept) => ({ ...record, what: 'tables v' })],
  ['lists of another kind', (record: Kept) => ({ ...record, lists: [[1, 2, 3]] })],
  ['no record at all', () => 'hello'],
  ['nothing', () => null],
])('a record with %s is as good as none', async (_, spoil) => {
  const { shelf, store } = kept();
  await store.of(A).write('tables k', lists);
  for (const [key, record] of shelf.records) shelf.records.set(key, spoil(record as Kept));
  expect(await store.of(A).read('tables k')).toBeNull();
  expect(await store.of(A).write('tables k', lists)).toBe(true);
  expect(await store.of(A).read('tables k')).toEqual(lists);
});

test('storage that fails is no error: nothing is read, nothing kept', async () => {
  const { shelf, store } = kept();
  await store.of(A).write('tables k', lists);
  shelf.broken = true;
  expect(await store.of(A).read('tables k')).toBeNull();
  expect(await store.of(A).write('tables v', lists)).toBe(false);
  expect(await store.counts()).toEqual(new Map());
  await store.forget(A);
  shelf.broken = false;
  expect(await store.of(A).read('tables k')).toEqual(lists);
});

test('one model is forgotten, the others stay', async () => {
  const { store } = kept();
  for (const model of [A, B]) for (const what of ['k', 'v']) await store.of(model).write(what, lists);
  expect(await store.counts()).toEqual(new Map([A, B].map((model) => [model, 2])));
  await store.forget(A);
  expect(await store.counts()).toEqual(new Map([[B, 2]]));
});

test('a model keeps its newest 64 records', async () => {
  const { shelf, store } = kept();
  await store.of(B).write('other', lists);
  for (let i = 0; i < 70; i++) {
    await store.of(A).write(`tables ${i}`, lists);
    for (const record of shelf.records.values()) if ((record as Kept).what === `tables ${i}`) (record as Kept).at = i;
  }
  expect(await store.counts()).toEqual(
    new Map([
      [A, 64],
      [B, 1],
    ]),
  );
  expect(await store.of(A).read('tables 5')).toBeNull();
  expect(await store.of(A).read('tables 6')).toEqual(lists);
});
