import { expect, test } from 'vitest';
import { decidesNow } from '../../../app/decisions/source';
import { useStore } from '../../../app/store';
import { parseLane } from '../../../gpu/kv/lane';

const decides = (...lanes: string[]) => {
  const { settings } = useStore.getState();
  return lanes.map((_, i) =>
    decidesNow({ settings: { ...settings, lanes: lanes.map(parseLane) }, runInfo: null, lane: i + 1 }),
  );
};

test('lanes that evict, sort tokens or look for sinks decide; others do not', () => {
  expect(decides('system=snapkv', 'system=zipcache', 'system=akvq')).toEqual([true, true, true]);
  expect(decides('k=4 v=2', 'system=kivi', 'k=4 v=4 sinks=4 window=32 pairs=2:8.3')).toEqual([false, false, false]);
});
