import { beforeEach, expect, it } from 'vitest';
import { hasLayerPlan, layerBits, plannedLane } from '../../app/precision/layerBits';
import { useStore } from '../../app/store';
import { parseLane } from '../../gpu/kv/lane';

const initial = useStore.getInitialState();
const get = useStore.getState;
beforeEach(() => useStore.setState(initial, true));

it('gives the widths of every layer, ranges and skipped layers included', () => {
  const lane = parseLane('k=4 v=2 pairs=1-2:8.4,2:3.3 skipLast=1');
  expect(layerBits(lane, 5)).toEqual([
    { k: 4, v: 2 },
    { k: 8, v: 4 },
    { k: 3, v: 3 },
    { k: 4, v: 2 },
    { k: 16, v: 16 },
  ]);
  expect(hasLayerPlan(lane)).toBe(true);
  expect(hasLayerPlan(parseLane('k=4 v=2'))).toBe(false);
});

it('shows what the run worked out, until the settings are changed', () => {
  const ran = parseLane('k=4 v=2 pairs=0:8.8');
  useStore.setState({ runInfo: { configs: [ran, ran] } as never, runEdits: get().edits });
  expect(plannedLane(get()).layers.pairs).toHaveLength(1);
  get().edit({ steps: 12 });
  expect(plannedLane(get()).layers.pairs).toEqual([]);
});
