import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Desk } from './session-host';
import { desk, essence, runSpec, tinyFile } from './session-host';

let d: Desk;
beforeEach(async () => {
  d = desk();
  await d.call('load', { kind: 'file', file: tinyFile() });
});
afterEach(() => d.close());

test('is replaced, and the run goes on with the same frames', async () => {
  await d.call('start', runSpec(['k=4 v=2'], { steps: 30 }));
  await d.call('play', { until: 3 });
  await d.call('move', { lane: 1, field: 'k', value: 2, scope: 'all' });
  await d.call('play', {});
  const undisturbed = essence(d.frames());
  d.heard.length = 0;
  await d.call('rewind', undefined);
  const playing = d.call('play', {});
  await d.until('frame', (f) => f.step === 8);
  d.gpus[0].device.destroy();
  const { step } = await playing;
  expect(d.all('state').at(-1)).toMatchObject({ state: 'paused', step });
  await d.until('device', (e) => e.state === 'recovered');
  expect(d.all('device').map((e) => e.state)).toEqual(['lost', 'recovering', 'recovered']);
  expect(d.gpus).toHaveLength(2);
  await d.call('play', {});
  expect(essence(d.frames())).toEqual(undisturbed);
});

test('while a run starts: a typed error, then everything works', async () => {
  const starting = d.call('start', runSpec(['k=4 v=2', 'k=2 v=2']));
  starting.catch(() => {});
  d.gpus[0].device.destroy();
  await expect(starting).rejects.toMatchObject({ code: 'device-lost' });
  await d.until('device', (e) => e.state === 'recovered');
  await d.call('start', runSpec());
  expect(await d.call('play', {})).toEqual({ step: 11 });
});

test('free-running and sampled runs come back as well', async () => {
  const spec = runSpec(['k=1 v=1'], {
    mode: 'free-running',
    decode: { temperature: 1, topK: 0, topP: 1, minP: 0, seed: 3 },
  });
  await d.call('start', spec);
  await d.call('play', {});
  const undisturbed = essence(d.frames());
  d.heard.length = 0;
  await d.call('start', spec);
  await d.call('play', { until: 6 });
  d.gpus[0].device.destroy();
  await d.until('device', (e) => e.state === 'recovered');
  await d.call('play', {});
  expect(essence(d.frames())).toEqual(undisturbed);
});
