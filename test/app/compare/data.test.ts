import { beforeEach, expect, it } from 'vitest';
import { compareRows } from '../../../app/compare/compareData';
import { usualLanes } from '../../../app/compare/usual';
import { frames } from '../../../app/frames';
import { laneName, systemName } from '../../../app/lane-name';
import { useStore } from '../../../app/store';
import { catalogue } from '../../../gpu/kv/catalog';
import { defaultConfig } from '../../../gpu/kv/config';
import { parseLane } from '../../../gpu/kv/lane';
import { presetConfig } from '../../../gpu/kv/lane-system';

const initial = useStore.getInitialState();
const get = useStore.getState;
const MODEL = { layers: 30, heads: 9, kvHeads: 3, headDim: 64 };
beforeEach(() => {
  useStore.setState(initial, true);
  frames.clear();
});

it('foresees sizes before a run, window and metadata included', () => {
  useStore.setState({ model: MODEL as never, prompt: { ids: Array(100).fill(1), pieces: [] } });
  get().edit({ lanes: [parseLane('system=kivi window=32'), defaultConfig(4, 2)], steps: 156 });
  const [kivi, uniform] = compareRows(get());
  expect(kivi).toMatchObject({ lane: 1, title: 'KIVI', isCustom: false, kl: null });
  expect(kivi.detail).toBe('K2 V2, group 32, residual length 32');
  expect(kivi.size?.measured).toBe(false);
  expect(kivi.size?.bits).toBeGreaterThan(kivi.bitsLater ?? 99);
  expect(uniform).toMatchObject({ title: 'Uniform', detail: 'K4 V2, group 32', size: { bits: 4, codes: 3 } });
});

it('says what makes a lane custom', () => {
  get().edit({ lanes: [parseLane('system=kivi sinks=4')] });
  expect(compareRows(get())[0]).toMatchObject({ isCustom: true, detail: expect.stringContaining('sinks=4') });
  expect(systemName(get().settings.lanes[0])).toBe('KIVI*');
});

it('offers seven different lanes where there are systems enough', () => {
  const names = usualLanes().map((lane) => laneName(lane, { k: lane.k.bits, v: lane.v.bits }));
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBe(Math.min(7, catalogue.system.length + 1));
});

it('names lanes by system and widths', () => {
  expect(laneName(defaultConfig(4, 2), { k: 4, v: 2 })).toBe('K4 V2');
  expect(laneName(presetConfig('kivi'), { k: 3, v: 2 })).toBe('KIVI K3 V2');
});

it('takes lanes out with their moves; the others keep theirs', () => {
  get().edit({
    lanes: [defaultConfig(8, 8), defaultConfig(4, 4), defaultConfig(2, 2)],
    moves: [1, 2, 3].map((lane) => ({ lane, step: lane, field: 'k' as const, value: 3, scope: 'all' as const })),
  });
  useStore.setState({ lane: 3 });
  get().removeLane(2);
  expect(get().settings.lanes.map((lane) => lane.k.bits)).toEqual([8, 2]);
  expect(get().settings.moves.map(({ lane, step }) => [lane, step])).toEqual([
    [1, 1],
    [2, 3],
  ]);
  expect(get().lane).toBe(2);
  get().removeLane(2);
  get().removeLane(1);
  expect(get().settings.lanes).toHaveLength(1);
});

it('adds up to seven lanes', () => {
  for (let i = 0; i < 9; i++) get().addLane(defaultConfig(2, 2));
  expect(get().settings.lanes).toHaveLength(7);
});
