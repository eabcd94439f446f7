import { afterEach, beforeEach, expect, test } from 'vitest';
import { ModelStore } from '../../gpu/load/store';
import { memoryFolder } from '../fixtures/memory-folder';
import type { Desk } from './session-host';
import { desk, runSpec, tinyFile } from './session-host';

let d: Desk;
beforeEach(() => {
  d = desk();
});
afterEach(() => d.close());

const load = () => d.call('load', { kind: 'file', file: tinyFile() });

test('a file: phases in order, hash, and a summary; the header alone costs the same', async () => {
  const file = tinyFile();
  const asked = await d.call('inspect', { ref: { kind: 'file', file }, lanes: runSpec().lanes, cap: 64 });
  const { model, kept, keptWhy } = await load();
  expect(model).toMatchObject({ name: 'tiny', arch: 'llama', layers: 2, fileBytes: file.size, hasChat: true });
  expect(model.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect([kept, keptWhy]).toEqual([false, 'No storage in this test.']);
  expect(asked.weightBytes).toBe(model.weightBytes);
  expect(asked.fits).toBe(true);
  const phases = [...new Set(d.all('progress').map((p) => p.phase))];
  expect(phases).toEqual(['header', 'download', 'upload', 'shaders', 'warmup']);
  const info = await d.call('start', runSpec(['k=4 v=2'], { steps: 56 }));
  expect(asked.laneBytes).toEqual(info.bytes.map((lane) => lane.reserved));
});

test('what is kept is found again by its id, and by dropping the same file', async () => {
  d = desk(new ModelStore(memoryFolder()));
  expect(await load()).toMatchObject({ kept: true, keptWhy: '' });
  const [stored] = await d.call('stored', undefined);
  expect(stored).toMatchObject({ name: 'tiny.gguf' });
  const again = await d.call('load', { kind: 'stored', id: stored.id });
  expect(again.model.sha256).toBe(stored.sha256);
  d.heard.length = 0;
  await load();
  expect(d.all('progress').some((p) => p.phase === 'download')).toBe(false);
  await d.call('forget', stored.id);
  expect(await d.call('stored', undefined)).toEqual([]);
  await expect(d.call('load', { kind: 'stored', id: stored.id })).rejects.toMatchObject({ code: 'storage' });
});

test('a full store is a reason, not an error', async () => {
  d = desk(new ModelStore(memoryFolder({ room: 1000 })));
  const { kept, keptWhy } = await load();
  expect(kept).toBe(false);
  expect(keptWhy).toContain('room');
  expect(d.all('notice')[0].text).toContain('not kept');
  await d.call('start', runSpec());
});

test('a bad file or a cancelled load leaves the model before it usable', async () => {
  await load();
  const bad = new File([new Uint8Array(5000)], 'noise.gguf');
  await expect(d.call('load', { kind: 'file', file: bad })).rejects.toMatchObject({ code: 'bad-file' });
  const cut = new File([(await tinyFile().arrayBuffer()).slice(0, 20_000)], 'cut.gguf');
  await expect(d.call('load', { kind: 'file', file: cut })).rejects.toMatchObject({ code: 'bad-file' });
  const stop = new AbortController();
  const cancelled = d.call('load', { kind: 'file', file: tinyFile({ seed: 2 }) }, stop.signal);
  stop.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  const nowhere = { kind: 'url', url: 'http://127.0.0.1:1/no.gguf', name: 'no.gguf' } as const;
  await expect(d.call('load', nowhere)).rejects.toMatchObject({ code: 'network' });
  expect(await d.call('start', runSpec())).toMatchObject({ promptTokens: 8, cap: 20 });
});

test.each(['header', 'download', 'upload', 'shaders', 'warmup'] as const)('cancelled while at %s', async (phase) => {
  const stop = new AbortController();
  const loading = d.call('load', { kind: 'file', file: tinyFile() }, stop.signal);
  loading.catch(() => {});
  await d.until('progress', (p) => p.phase === phase);
  stop.abort();
  await expect(loading).rejects.toMatchObject({ code: 'cancelled' });
  await expect(d.call('start', runSpec())).rejects.toMatchObject({ code: 'usage' });
  await load();
  await d.call('start', runSpec());
});

test('prompts that cannot be are refused quickly', async () => {
  await load();
  await expect(d.call('start', runSpec([], { prompt: [] }))).rejects.toMatchObject({ code: 'bad-prompt' });
  await expect(d.call('start', runSpec([], { prompt: [9999] }))).rejects.toMatchObject({ code: 'bad-prompt' });
  await expect(d.call('start', runSpec([], { steps: 600 }))).rejects.toMatchObject({ code: 'context-overflow' });
  await expect(d.call('tokenize', { text: 'x'.repeat(100_001), chat: false })).rejects.toMatchObject({
    code: 'bad-prompt',
  });
  for (const text of ['the lamp and '.repeat(7700).slice(0, 100_000), 'x'.repeat(100_000)]) {
    const started = performance.now();
    const { ids, pieces } = await d.call('tokenize', { text, chat: true });
    expect(pieces.join('')).toContain(text.slice(0, 1000));
    await expect(d.call('start', runSpec([], { prompt: ids }))).rejects.toMatchObject({ code: 'context-overflow' });
    expect(performance.now() - started).toBeLessThan(5000);
  }
  await d.call('start', runSpec());
});
