import { beforeEach, describe, expect, it } from 'vitest';
import { bitsNow, bitsWanted, lockedPair, sideEffective, stopFrom } from '../../app/precision/bits';
import { bitsAt, defaultSettings } from '../../app/settings';
import { parseHubRef } from '../../app/setup/hub-ref';
import { whyNotRun } from '../../app/setup/reason';
import { useStore } from '../../app/store';
import type { Move } from '../../gpu/kv/config';
import { defaultConfig } from '../../gpu/kv/config';

const initial = useStore.getInitialState();
const get = useStore.getState;
beforeEach(() => useStore.setState(initial, true));

const move = (step: number, field: 'k' | 'v', value: number): Move => ({ lane: 1, step, field, value, scope: 'all' });
const running = (step: number) => useStore.setState({ runInfo: {} as never, runEdits: get().edits, step });

describe('settings', () => {
  it('counts edits and forks an opened link with the first one', () => {
    get().setLink({ kind: 'opened', receipt: null, hash: '' });
    get().putSettings(defaultSettings());
    expect(get().link.kind).toBe('opened');
    get().edit({ steps: 12 });
    expect(get().settings.steps).toBe(12);
    expect(get().edits).toBe(1);
    expect(get().link.kind).toBe('forked');
  });

  it('logs a move without making the run stale, in order of steps', () => {
    running(70);
    get().addMove(move(64, 'k', 2));
    get().addMove(move(40, 'v', 8));
    get().addMove(move(64, 'k', 3));
    expect(get().settings.moves).toEqual([move(40, 'v', 8), move(64, 'k', 3)]);
    expect(get().edits).toBe(get().runEdits);
    expect(bitsAt(get().settings, 1, 39)).toEqual({ k: 4, v: 2 });
    expect(bitsAt(get().settings, 1, 64)).toEqual({ k: 3, v: 8 });
  });

  it('folds the log into the starting point when bits change outside a run', () => {
    running(70);
    get().addMove(move(64, 'k', 2));
    get().addMove(move(90, 'v', 16));
    get().setBits('v', 8);
    expect(get().settings.moves).toEqual([]);
    expect(get().settings.lanes[0].k).toMatchObject({ bits: 2, codec: 'uniform' });
    expect(get().settings.lanes[0].v.bits).toBe(8);
    expect(bitsNow(get())).toEqual({ k: 2, v: 8 });
  });

  it('before a run, only forgets the moves of the side that was set', () => {
    useStore.setState({ settings: { ...defaultSettings(), moves: [move(64, 'k', 2), move(80, 'v', 3)] } });
    get().setBits('k', 16);
    expect(get().settings.moves).toEqual([move(80, 'v', 3)]);
    expect(get().settings.lanes[0].k.codec).toBe('f16');
  });

  it('shows what is dragged without changing the run', () => {
    get().setPending('k', 8);
    expect(bitsWanted(get())).toEqual({ k: 8, v: 2 });
    expect(bitsNow(get())).toEqual({ k: 4, v: 2 });
    get().setPending('k', null);
    expect(get().pending).toEqual({});
  });
});

describe('bits', () => {
  it('keeps a locked sum, as near to the wish as widths allow', () => {
    expect(lockedPair({ k: 4, v: 2 }, 'k', 2)).toEqual({ k: 2, v: 4 });
    expect(lockedPair({ k: 4, v: 2 }, 'k', 16)).toEqual({ k: 5, v: 1 });
    expect(lockedPair({ k: 16, v: 8 }, 'k', 4)).toEqual({ k: 8, v: 16 });
    expect(lockedPair({ k: 16, v: 16 }, 'v', 2)).toEqual({ k: 16, v: 16 });
  });

  it('steps through the stops and stays at the ends', () => {
    expect(stopFrom(8, true)).toBe(16);
    expect(stopFrom(16, true)).toBe(16);
    expect(stopFrom(7, false)).toBe(6);
    expect(stopFrom(2, false)).toBe(2);
  });

  it('counts scale and minimum into the effective bits', () => {
    const lane = defaultConfig(4, 16);
    expect(sideEffective(lane, 'k', 64)).toBe(5);
    expect(sideEffective(lane, 'v', 64)).toBe(16);
    lane.k = { ...lane.k, group: 64, scheme: 'sym' };
    expect(sideEffective(lane, 'k', 64)).toBe(4.25);
  });
});

describe('run', () => {
  it('says why it is off, one reason at a time', () => {
    expect(whyNotRun(get())).toMatch(/starting/);
    useStore.setState({ engine: 'no-webgpu' });
    expect(whyNotRun(get())).toMatch(/live engine/);
    useStore.setState({ engine: 'ready' });
    expect(whyNotRun(get())).toMatch(/model first/);
    useStore.setState({ model: { context: 512, sha256: 'ab', headDim: 64 } as never });
    expect(whyNotRun(get())).toMatch(/empty/);
    get().edit({ text: 'lamp' });
    expect(whyNotRun(get())).toMatch(/counting/);
    useStore.setState({ prompt: { ids: Array(300).fill(1), pieces: [] } });
    expect(whyNotRun(get())).toMatch(/context ends at 512/);
    get().edit({ steps: 1900 });
    expect(whyNotRun(get())).toMatch(/2.?200 tokens/);
    get().edit({ steps: 10 });
    expect(whyNotRun(get())).toBeNull();
  });
});

describe('hub references', () => {
  it.each([
    ['a/b/c.gguf', { kind: 'hub', repo: 'a/b', file: 'c.gguf', revision: 'main' }],
    [
      'https://huggingface.co/a/b/resolve/main/sub/c.gguf?download=true',
      { kind: 'hub', repo: 'a/b', file: 'sub/c.gguf', revision: 'main' },
    ],
    ['huggingface.co/a/b/blob/v2/c.GGUF', { kind: 'hub', repo: 'a/b', file: 'c.GGUF', revision: 'v2' }],
    ['a/b', null],
    ['a/b/c.bin', null],
    ['a/b/../c.gguf', null],
    ['', null],
  ])('%s', (text, ref) => expect(parseHubRef(text)).toEqual(ref));
});
