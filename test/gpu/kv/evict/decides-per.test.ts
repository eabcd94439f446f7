import { expect, test } from 'vitest';
import type { Cached } from '../../../../gpu/kv/evict';
import { settingsOf } from '../../../../gpu/kv/evict';
import { evictors } from '../../../../gpu/kv/evictors';
import { normalArray } from '../../../fixtures/random';

/** kv-policies, sections 3, 4, 6 and 7: what one decision is about. */
const PER: Record<string, 'layer' | 'KV head'> = {
  ...{ streaming: 'layer', tova: 'layer', simlayerkv: 'layer', kvcrush: 'layer' },
  ...{ snapkv: 'KV head', h2o: 'KV head', observed: 'KV head', expected: 'KV head', knorm: 'KV head' },
  ...{ keydiff: 'KV head', lagkv: 'KV head', pyramid: 'KV head', adakv: 'KV head' },
};
const TOKENS = 60;
const [heads, kvHeads, headDim] = [4, 2, 8];
const SMALL = {
  ...{ cap: 24, ratio: 0.5, window: 4, sinks: 2, recent: 6, heavy: 5, lag: 8, tau: 0 },
  ...{ start: 4, evictable: 8, block: 4 },
};
const wave = (length: number, seed: number) => normalArray(seed, 'heads', length, 1);

/** Statistics that differ from head to head. */
function cachedFor(by: 'kv' | 'query' | undefined): Cached {
  const held = Array.from({ length: kvHeads }, () => Array.from({ length: TOKENS }, (_, j) => j));
  return {
    ...{ layer: 0, layers: 1, headDim, heads, kvHeads, tokens: TOKENS, held },
    sums: Array.from({ length: by === 'query' ? heads : kvHeads }, (_, head) => wave(TOKENS, 3 * head).map(Math.abs)),
    keys: wave(TOKENS * kvHeads * headDim, 5),
    values: wave(TOKENS * kvHeads * headDim, 6),
    queries: wave(TOKENS * heads * headDim, 7),
    frequency: [1, 0.5, 0.25, 0.125],
  };
}

test.each(evictors.map((evictor) => [evictor.id, evictor] as const))('%s decides as its source does', (id, evictor) => {
  const settings = settingsOf(evictor, SMALL);
  const kept = evictor.decide(
    cachedFor(evictor.needs(settings).attention?.heads),
    settings,
    evictor.start?.(settings, () => 0.5),
  );
  expect(kept).not.toBeNull();
  if (PER[id] === 'layer') return expect(kept).toHaveLength(1);
  expect(kept).toHaveLength(kvHeads);
  expect([...(kept as Uint32Array[])[0]]).not.toEqual([...(kept as Uint32Array[])[1]]);
});
