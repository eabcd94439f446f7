import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGguf } from '../../../gpu/load/gguf';
import { pathSource } from '../../../gpu/load/node-source';
import { tinyGguf, writeTinyGguf } from '../../fixtures/tiny-gguf';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kvscope-'));
  await writeTinyGguf(join(folder, 'tiny.gguf'), { seed: 7 });
});
afterAll(() => rm(folder, { recursive: true }));

test('a file on disk is the same model as its bytes', async () => {
  const bytes = tinyGguf({ seed: 7 });
  const source = await pathSource(join(folder, 'tiny.gguf'));
  expect([source.name, source.size]).toEqual(['tiny.gguf', bytes.length]);
  expect(await source.read(1000, 77)).toEqual(bytes.slice(1000, 1077));
  expect((await openGguf(source)).config.layers).toBe(2);
  await expect(source.read(bytes.length - 1, 2)).rejects.toMatchObject({ code: 'bad-file' });
  await expect(source.read(0, 1, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  await source.close();
});

test('a missing file and a folder are refused', async () => {
  await expect(pathSource(join(folder, 'none.gguf'))).rejects.toMatchObject({ code: 'bad-file' });
  await expect(pathSource(folder)).rejects.toMatchObject({ code: 'bad-file' });
});
