import { expect, test } from 'vitest';
import { heldHeadOf, isByQuery } from '../../../app/decisions/layerFacts';
import { useStore } from '../../../app/store';
import { parseLane } from '../../../gpu/kv/lane';
import type { ModelSummary } from '../../../gpu/run-types';

const model = { layers: 30, heads: 9, kvHeads: 3 } as ModelSummary;

/** The head on show is query head 7 of 9, which reads KV head 2 of 3. */
function shown(lane: string) {
  const state = useStore.getState();
  const settings = { ...state.settings, lanes: [parseLane(lane)] };
  const at = { ...state, model, settings, runInfo: null, lane: 1, hoveredHead: null, head: { layer: 1, head: 7 } };
  return [isByQuery(at), heldHeadOf(at)];
}

test('rows are shown of the head that holds them: a KV head, or a query head where lists go by those', () => {
  expect(shown('system=snapkv')).toEqual([false, 2]);
  expect(shown('k=4 v=4')).toEqual([false, 2]);
  expect(shown('system=snapkv heads=query')).toEqual([true, 7]);
});
