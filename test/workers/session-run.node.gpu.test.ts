import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Desk } from './session-host';
import { desk, essence, runSpec, tinyFile } from './session-host';

let d: Desk;
beforeEach(async () => {
  d = desk();
  await d.call('load', { kind: 'file', file: tinyFile() });
});
afterEach(() => d.close());

test('starts at step 0, plays to its end, and is the same again', async () => {
  const info = await d.call('start', runSpec());
  expect(d.frames().map((f) => f.step)).toEqual([0]);
  expect(info.gpuBytes).toBeGreaterThan(info.bytes[1].reserved);
  expect(await d.call('play', {})).toEqual({ step: 11 });
  expect(d.frames().map((f) => f.step)).toEqual([...Array(12).keys()]);
  expect(d.all('state').map((s) => [s.state, s.reason])).toEqual([
    ['playing', null],
    ['finished', 'steps'],
  ]);
  const first = essence(d.frames());
  d.heard.length = 0;
  await d.call('start', runSpec());
  await d.call('play', {});
  expect(essence(d.frames())).toEqual(first);
  d.heard.length = 0;
  expect(await d.call('rewind', undefined)).toEqual({ step: 0 });
  await d.call('play', {});
  expect(essence(d.frames())).toEqual(first);
  expect(d.all('state').map((s) => s.state)).toEqual(['ready', 'playing', 'finished']);
});

test('its frames carry text, labels and buffers of their own', async () => {
  await d.call('start', runSpec());
  await d.call('step', undefined);
  const [, frame] = d.frames();
  expect(frame.pieces).toHaveLength(2);
  for (const { id } of frame.lanes[1].top) expect(frame.labels[id]).toEqual(expect.any(String));
  expect(frame.heads.byteLength).toBe(frame.heads.buffer.byteLength);
  expect(frame.row?.lanes[0].length).toBe(9);
  expect(structuredClone(frame)).toEqual(frame);
});

test('stops at `until`, goes one step, pauses where it is', async () => {
  await d.call('start', runSpec(['k=4 v=2'], { steps: 400 }));
  expect(await d.call('play', { until: 3 })).toEqual({ step: 3 });
  expect(await d.call('step', undefined)).toEqual({ step: 4 });
  const playing = d.call('play', {});
  await d.until('frame', (f) => f.step === 6);
  const at = d.frames().length - 1;
  const { step } = await d.call('pause', undefined);
  expect(step - at).toBeLessThanOrEqual(2);
  expect(await playing).toEqual({ step });
  await new Promise((done) => setTimeout(done, 100));
  expect(d.frames()).toHaveLength(step + 1);
  expect(d.all('state').at(-1)).toMatchObject({ state: 'paused', step });
  await d.call('stop', undefined);
  await expect(d.call('step', undefined)).rejects.toMatchObject({ code: 'usage' });
});

test('a pause that comes before play begins still counts; two plays make no race', async () => {
  await d.call('start', runSpec(['k=4 v=2'], { steps: 400 }));
  const playing = [d.call('play', {}), d.call('play', {})];
  await d.call('pause', undefined);
  await Promise.all(playing);
  const steps = d.frames().map((f) => f.step);
  expect(steps.length).toBeLessThan(4);
  expect(steps).toEqual([...steps.keys()]);
});

test('a move is logged at the next step and tells from there on only', async () => {
  await d.call('start', runSpec(['k=8 v=8']));
  await d.call('play', {});
  const plain = d.frames();
  d.heard.length = 0;
  await d.call('start', runSpec(['k=8 v=8']));
  await d.call('play', { until: 4 });
  const move = { lane: 1, field: 'k', value: 1, scope: 'all' } as const;
  expect(await d.call('move', move)).toEqual({ ...move, step: 5 });
  await d.call('play', {});
  const moved = d.frames();
  expect(essence(moved.slice(0, 5))).toEqual(essence(plain.slice(0, 5)));
  expect(moved[5].lanes[1].kl).toBeGreaterThan(plain[5].lanes[1].kl * 2);
  expect(await d.call('report', undefined)).toMatchObject({ moves: [{ ...move, step: 5 }] });
  d.heard.length = 0;
  await d.call('rewind', undefined);
  await d.call('play', {});
  expect(essence(d.frames())).toEqual(essence(moved));
});

test('moves and selection during play do not wait; impossible moves are refused', async () => {
  await d.call('start', runSpec(['k=4 v=2'], { steps: 200 }));
  const playing = d.call('play', {});
  const moved = async (value: number) => {
    const { step } = await d.call('move', { lane: 1, field: 'v', value, scope: 'new' });
    await d.until('frame', (f) => f.step >= step);
  };
  const { step } = await d.call('move', { lane: 1, field: 'v', value: 8, scope: 'new' });
  await d.call('select', { layer: 1, head: 1 });
  await expect(d.call('move', { lane: 3, field: 'v', value: 8, scope: 'new' })).rejects.toMatchObject({
    code: 'bad-config',
  });
  await expect(d.call('move', { lane: 1, field: 'v', value: 9, scope: 'new' })).rejects.toMatchObject({
    code: 'bad-config',
  });
  for (let i = 0; i < 12; i++) await moved(1 + (i % 8));
  await expect(
    (async () => {
      for (let i = 0; i < 6; i++) await moved(2);
    })(),
  ).rejects.toMatchObject({ code: 'bad-config' });
  await d.call('move', { lane: 1, field: 'v', value: 3, scope: 'all' });
  await playing;
  expect(step).toBeGreaterThanOrEqual(1);
  expect(d.frames()).toHaveLength(200);
  expect(d.frames().at(-1)?.row).toMatchObject({ layer: 1, head: 1 });
  await expect(d.call('move', { lane: 1, field: 'v', value: 8, scope: 'new' })).rejects.toMatchObject({
    code: 'bad-config',
  });
});

test("any head's row of a step that is over comes when it is asked for", async () => {
  await d.call('start', runSpec());
  await d.call('play', { until: 5 });
  const { run, row } = d.frames()[5];
  const at = { run, step: 5, layer: 1, head: 1 };
  const other = await d.call('row', at);
  expect(other).toMatchObject({ layer: 1, head: 1, length: row?.length });
  expect(await d.call('row', { ...at, layer: 0, head: 0 })).toEqual(row);
  expect([await d.call('row', { ...at, step: 0 }), await d.call('row', { ...at, step: 9 })]).toEqual([null, null]);
  d.heard.length = 0;
  await d.call('select', { layer: 1, head: 1 });
  await d.call('rewind', undefined);
  await d.call('play', { until: 5 });
  expect(d.frames()[5].row).toEqual(other);
  await d.call('select', { layer: 0, head: 0 });
});

test('a stop token ends it; sampling repeats with its seed', async () => {
  await d.call('start', runSpec());
  await d.call('play', {});
  const token = d.frames()[5].token;
  const at = d.frames().findIndex((f) => f.token === token);
  d.heard.length = 0;
  await d.call('start', runSpec(['k=4 v=2'], { stops: [token] }));
  await d.call('play', {});
  expect(d.frames()).toHaveLength(at + 1);
  if (at > 0) expect(d.all('state').at(-1)).toMatchObject({ state: 'finished', reason: 'stop' });
  const draw = async (seed: number) => {
    d.heard.length = 0;
    await d.call('start', runSpec(['k=4 v=2'], { decode: { temperature: 1.5, topK: 0, topP: 1, minP: 0, seed } }));
    await d.call('play', {});
    return essence(d.frames());
  };
  const one = await draw(1);
  expect(await draw(1)).toEqual(one);
  expect(await draw(2)).not.toEqual(one);
});

test('free-running: KL ends where the texts part, a lane at its own stop', async () => {
  const spec = runSpec(['k=1 v=1', 'k=16 v=16'], { mode: 'free-running', steps: 20 });
  await d.call('start', spec);
  await d.call('play', {});
  const frames = d.frames();
  const parts = frames.findIndex((f) => f.lanes[1].token !== f.token);
  expect(parts).toBeGreaterThanOrEqual(0);
  frames.forEach(({ lanes }, step) => {
    expect(Number.isNaN(lanes[1].kl)).toBe(step > parts);
    expect(Number.isNaN(lanes[1].dp)).toBe(step >= parts);
    expect(lanes[2].kl).toBe(0);
  });
  const stop = frames[parts + 1].lanes[1].token;
  d.heard.length = 0;
  await d.call('start', { ...spec, stops: [stop] });
  await d.call('play', {});
  const ended = d.frames().findIndex((f) => f.lanes[1].token === stop);
  for (const f of d.frames().slice(ended + 1)) expect([f.lanes[1].token, f.pieces[1]]).toEqual([-1, '']);
  const text = JSON.stringify(await d.call('report', undefined));
  // A detector that never fired has no first step.
  expect(text.replaceAll('"firstStep":null', '')).not.toContain('null');
});
