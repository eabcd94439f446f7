import { beforeAll, expect, test } from 'vitest';
import { openGpu } from '../../gpu/device';
import type { Engine } from '../../gpu/engine';
import { openEngine } from '../../gpu/engine';
import type { Memory } from '../../gpu/learned';
import { openGguf } from '../../gpu/load/gguf';
import { bytesSource } from '../../gpu/load/source';
import { Run } from '../../gpu/run';
import { tinyGguf } from '../fixtures/tiny-gguf';
import { someTokens, spec } from './tiny-engine';

/** Software adapters compile for a while. */
const PATIENCE = 600_000;
const LANES = ['system=skvq domain=postRope group=32 window=2 sinks=1', 'system=qwc budget=3'];
let made: Engine;
beforeAll(async () => {
  const bytes = tinyGguf({ types: 'Q8_0', layers: 2, heads: 2, kvHeads: 1, headDim: 64, hidden: 64 });
  made = await openEngine(await openGpu(), await openGguf(bytesSource(bytes)));
});

interface Kept extends Memory {
  lists: Map<string, Uint32Array[]>;
}

function memory(write = true): Kept {
  const lists = new Map<string, Uint32Array[]>();
  return {
    lists,
    read: async (what) => lists.get(what)?.map((list) => list.slice()) ?? null,
    write: async (what, of) => {
      if (write)
        lists.set(
          what,
          of.map((list) => list.slice()),
        );
      return write;
    },
  };
}

/** As a new visit has it: the same model with nothing learned yet. */
const open = (kept: Memory | null): Engine => ({ ...made, learned: new Map(), memory: kept });

/** One run: where its tables come from, how many layers of the text were read, and its frames. */
async function run(engine: Engine, text = someTokens(80, 200, 9), lanes = LANES) {
  let read = 0;
  const what = spec(lanes, { prompt: someTokens(12), forced: someTokens(4, 200, 5), heads: false, calibration: text });
  const now = await Run.create(engine, what, { learning: (layers) => (read = layers) });
  const kl: number[][] = [];
  while (!now.done) kl.push((await now.advance()).lanes.map((lane) => lane.kl));
  const { learned } = now;
  now.destroy();
  return { learned, read, kl };
}

test(
  'tables and norms of one engine serve the next: no pass over the text, the same run bit for bit',
  async () => {
    const kept = memory();
    const first = await run(open(kept));
    expect(first).toMatchObject({ learned: 'new', read: 2 });
    expect(first.kl.at(-1)?.[1]).toBeGreaterThan(0);
    // Keys, values, norms.
    expect(kept.lists.size).toBe(3);

    const next = open(kept);
    expect(await run(next)).toEqual({ learned: 'kept', read: 0, kl: first.kl });
    expect((await run(next, undefined, ['k=4 v=4'])).learned).toBeUndefined();

    const other = await run(open(kept), someTokens(80, 200, 10), [LANES[0]]);
    expect(other).toMatchObject({ learned: 'new', read: 2 });

    for (const [what, lists] of kept.lists) kept.lists.set(what, lists.slice(1));
    expect(await run(open(kept))).toEqual(first);

    expect(await run(open(memory(false)))).toEqual({ ...first, learned: 'unkept' });
    expect(await run(open(null))).toEqual({ ...first, learned: 'unkept' });
  },
  PATIENCE,
);
