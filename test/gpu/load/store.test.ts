import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { KvError } from '../../../gpu/errors';
import { estimate, requestPersist } from '../../../gpu/load/quota';
import { bytesSource } from '../../../gpu/load/source';
import { ModelStore, openStore, storeId } from '../../../gpu/load/store';
import type { Source } from '../../../gpu/load/types';
import { memoryFolder } from '../../fixtures/memory-folder';

const data = Uint8Array.from({ length: 10_500 }, (_, i) => (i * 13) % 256);
const sha256 = createHash('sha256').update(data).digest('hex');
const source = bytesSource(data, 'm.gguf');
const keep = { key: 'hub:o/r/m.gguf:etag', pieceBytes: 1000 };

/** A source that fails after `good` reads, and counts them. */
function failing(good: number, error: Error): Source & { reads: number } {
  return {
    name: 'm.gguf',
    size: data.length,
    reads: 0,
    async read(offset, length) {
      if (this.reads === good) throw error;
      this.reads++;
      return data.subarray(offset, offset + length);
    },
  };
}

describe.each([true, false])('sync access handles: %s', (sync) => {
  test('a kept model is listed, read across pieces and forgotten', async () => {
    const store = new ModelStore(memoryFolder({ sync }));
    const progress: number[] = [];
    const kept = await store.keep(source, { ...keep, sha256, onProgress: (done) => void progress.push(done) });
    expect(kept).toMatchObject({ id: storeId(keep.key), name: 'm.gguf', bytes: data.length, sha256 });
    expect(progress.slice(-2)).toEqual([10_000, 10_500]);
    expect(await store.list()).toMatchObject([{ id: kept.id, sha256 }]);
    const stored = await store.open(kept.id);
    expect(await stored?.read(950, 2100)).toEqual(data.subarray(950, 3050));
    expect(await stored?.read(10_400, 100)).toEqual(data.subarray(10_400));
    await expect(stored?.read(10_400, 101)).rejects.toMatchObject({ code: 'bad-file' });
    await store.forget(kept.id);
    await store.forget(kept.id);
    expect(await store.list()).toEqual([]);
    expect(await store.open(kept.id)).toBeNull();
  });

  test('a full disk is a storage error and leaves nothing behind', async () => {
    const folder = memoryFolder({ sync, room: 5000 });
    const store = new ModelStore(folder);
    await expect(store.keep(source, keep)).rejects.toMatchObject({
      code: 'storage',
      message: expect.stringContaining('room'),
    });
    expect(await store.list()).toEqual([]);
    await expect(folder.getDirectoryHandle(storeId(keep.key))).rejects.toThrow();
  });
});

test('an interrupted download is not listed, and goes on where it stopped', async () => {
  const store = new ModelStore(memoryFolder());
  const broken = failing(4, new KvError('network', 'gone'));
  await expect(store.keep(broken, keep)).rejects.toMatchObject({ code: 'network' });
  expect(await store.list()).toEqual([]);
  expect(await store.open(storeId(keep.key))).toBeNull();
  const rest = failing(99, new Error());
  expect((await store.keep(rest, { ...keep, sha256 })).sha256).toBe(sha256);
  expect(rest.reads).toBe(7);
  const again = failing(0, new Error('must not be read'));
  expect((await store.keep(again, keep)).sha256).toBe(sha256);
});

test('cancelling keeps the partial copy; another size under the same key starts anew', async () => {
  const store = new ModelStore(memoryFolder());
  const stop = new AbortController();
  const run = store.keep(source, { ...keep, signal: stop.signal, onProgress: (done) => done === 3000 && stop.abort() });
  await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  const shorter = bytesSource(data.slice(0, 9000).fill(7), 'm.gguf');
  const kept = await store.keep(shorter, keep);
  expect(kept.bytes).toBe(9000);
  expect((await (await store.open(kept.id))?.read(0, 2))?.[0]).toBe(7);
});

test('a wrong hash discards the copy', async () => {
  const store = new ModelStore(memoryFolder());
  await expect(store.keep(source, { ...keep, sha256: 'f'.repeat(64) })).rejects.toMatchObject({ code: 'bad-file' });
  expect(await store.list()).toEqual([]);
  expect((await store.keep(source, keep)).sha256).toBe(sha256);
});

test('a copy that lost a piece or its record is not offered', async () => {
  const folder = memoryFolder();
  const store = new ModelStore(folder);
  const { id } = await store.keep(source, keep);
  const inner = await folder.getDirectoryHandle(id);
  const record = await inner.getFileHandle('commit.json');
  const stream = await record.createWritable();
  await stream.write(new TextEncoder().encode('{"name": "m.gguf", "by'));
  await stream.close();
  expect(await store.list()).toEqual([]);
  expect((await store.keep(failing(0, new Error('unread')), keep)).sha256).toBe(sha256);
  await inner.removeEntry('piece-00003');
  expect(await store.open(id)).toBeNull();
});

test('another tab at work is said so', async () => {
  const store = new ModelStore(memoryFolder({ locked: true }));
  await expect(store.keep(source, keep)).rejects.toMatchObject({
    code: 'storage',
    message: expect.stringContaining('tab'),
  });
});

test('where there is no private file system, the reason is given', async () => {
  const { store, why } = await openStore();
  expect(store).toBeNull();
  expect(why).not.toBe('');
  expect(await requestPersist()).toBe(false);
  expect(await estimate()).toEqual({ usage: 0, quota: 0, persisted: false });
});
