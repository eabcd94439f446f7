import { afterEach, describe, expect, it } from 'vitest';
import { KvError } from '../../gpu/errors';
import { parseLane } from '../../gpu/kv/lane';
import type { Calls, Events, WireFrame } from '../../workers/protocol';
import { CPU, MOST_CPU_BYTES } from '../../workers/session/maker';
import { Session } from '../../workers/session/session';
import { tinyGguf } from '../fixtures/tiny-gguf';

const NONE = new KvError('no-webgpu', 'This browser has no WebGPU.');
let session: Session;
let frames: WireFrame[];
let states: Events['state'][];
afterEach(() => session.close());

/** The worker's session where there is no GPU at all. */
function open() {
  frames = [];
  states = [];
  session = new Session({
    openGpu: () => Promise.reject(NONE),
    openStore: async () => ({ store: null, why: '' }),
    emit: (event, data) => {
      if (event === 'frame') frames.push(data as WireFrame);
      if (event === 'state') states.push(data as Events['state']);
    },
  });
  const { signal } = new AbortController();
  return <K extends keyof Calls>(name: K, args: Parameters<Calls[K]>[0]): Promise<ReturnType<Calls[K]>> =>
    Promise.resolve(session.calls[name](args as never, signal)) as never;
}

const file = (bytes: Uint8Array = tinyGguf({ types: 'Q8_0' })) =>
  new File([bytes as Uint8Array<ArrayBuffer>], 'tiny.gguf');
const spec = (lanes: string[], more: object = {}) => ({
  ...{ prompt: [40, 41, 70, 71, 90, 43], lanes: lanes.map(parseLane), mode: 'same-prefix' as const, steps: 5 },
  ...{
    decode: { temperature: 0, topK: 0, topP: 1, minP: 0, seed: 0 },
    stops: [2 ** 30],
    moves: [],
    live: true,
    heads: true,
  },
  ...more,
});

async function ready(lanes: string[], more: object = {}) {
  const call = open();
  await call('hello', { cpu: true });
  const { model } = await call('load', { kind: 'file', file: file() });
  const info = await call('start', spec(lanes, more));
  return { call, info, model };
}

describe('without a device', () => {
  it('is refused, until the reference engine is asked for', async () => {
    const call = open();
    await expect(call('hello', undefined)).rejects.toBe(NONE);
    expect((await call('hello', { cpu: true })).adapter).toBe(CPU);
  });

  it('plays a run: the frames of the page, K16 V16 exactly 0, bytes as packed', async () => {
    const { call, info, model } = await ready(['k=2 v=2', 'k=16 v=16', 'k=4 v=4 window=3 transform=hadamard']);
    expect(frames).toHaveLength(1);
    await call('play', {});
    expect(states.at(-1)).toMatchObject({ state: 'finished', reason: 'steps', step: 4 });
    expect(frames.map((frame) => frame.step)).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(frames.map((frame) => frame.lanes[2].kl))).toEqual(new Set([0]));
    for (const { lanes, heads, row, step, position } of frames) {
      expect(position).toBe(5 + step);
      expect(lanes.every((lane) => lane.top.length === 10 && lane.token === lanes[0].token)).toBe(true);
      expect(lanes[1].kl).toBeGreaterThan(0);
      expect(lanes[1].bytes.total).toBeLessThan(lanes[0].bytes.total / 3);
      const sizes = [heads.length, row?.length ?? 0];
      expect(sizes).toEqual(step === 0 ? [0, 0] : [model.layers * 3 * model.heads * 8, position + 1]);
    }
    expect(info.configs).toHaveLength(4);
    const again = await call('rewind', undefined);
    expect(again.step).toBe(0);
    const before = frames.slice(0, 5).map((frame) => frame.lanes.map((lane) => lane.kl));
    frames.length = 0;
    await call('play', {});
    expect(frames.map((frame) => frame.lanes.map((lane) => lane.kl))).toEqual(before.slice(1));
    expect(await call('report', undefined)).toMatchObject({ adapter: { name: CPU.name } });
  });

  it('gives any head’s row of the newest step', async () => {
    const { call, info } = await ready(['k=3 v=3']);
    await call('select', { layer: 1, head: 1 });
    await call('step', undefined);
    expect(frames.at(-1)?.row).toMatchObject({ layer: 1, head: 1, length: 7 });
    expect(await call('row', { run: info.run, step: 1, layer: 0, head: 0 })).toMatchObject({ layer: 0, head: 0 });
    await call('step', undefined);
    expect(await call('row', { run: info.run, step: 1, layer: 0, head: 0 })).toBeNull();
  });

  it('lets free-running lanes go on with their own tokens', async () => {
    const { call } = await ready(['k=1 v=1'], { mode: 'free-running' });
    await call('play', {});
    expect(frames.at(-1)?.step).toBe(4);
  });

  it.each([
    ['moves', spec(['k=4 v=2'], { moves: [{ lane: 1, step: 2, field: 'k', value: 2, scope: 'all' }] }), /slider moves/],
    ['a system', spec(['system=kivi']), /does not know/],
    ['too many tokens', spec(['k=4 v=2'], { steps: 9999 }), /10005 tokens/],
  ])('refuses %s in words', async (_, wanted, words) => {
    const call = open();
    await call('hello', { cpu: true });
    await call('load', { kind: 'file', file: file() });
    await expect(call('start', wanted as ReturnType<typeof spec>)).rejects.toThrow(words);
  });

  it('refuses files that would take forever, before they are read', async () => {
    const call = open();
    await call('hello', { cpu: true });
    const tiny = tinyGguf({ types: 'Q8_0' });
    const large = new Uint8Array(MOST_CPU_BYTES + 1);
    large.set(tiny);
    const ref = { kind: 'file', file: file(large) } as const;
    await expect(call('load', ref)).rejects.toMatchObject({ code: 'limit' });
    const told = await call('inspect', { ref, lanes: [parseLane('k=4 v=2')], cap: 64 });
    expect(told).toMatchObject({ fits: false, why: expect.stringMatching(/up to 17 MB/) });
  });
});
