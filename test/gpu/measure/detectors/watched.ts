import type { WatchedRun } from '../../../../gpu/measure/detector';
import type { ComingStep } from '../../../../gpu/measure/watch';
import { HEAD_MEASURES } from '../../../../gpu/run-types';

export const LAYERS = 3;
export const HEADS = 4;

export const aRun = (over: Partial<WatchedRun> = {}): WatchedRun => ({
  lanes: 2,
  layers: LAYERS,
  heads: HEADS,
  mode: 'same-prefix',
  measuresHeads: true,
  prompt: 'Tell me about lamps.',
  key: null,
  label: (id) => `·w${id}`,
  ...over,
});

/** [L][lanes - 1][H][measures] with every head's measures from one function of (layer, lane, head). */
export function block(
  lanes: number,
  of: (layer: number, lane: number, head: number) => Partial<Record<(typeof HEAD_MEASURES)[number], number>>,
): Float32Array {
  const out: number[] = [];
  for (let l = 0; l < LAYERS; l++)
    for (let m = 1; m < lanes; m++)
      for (let h = 0; h < HEADS; h++) {
        const measures = of(l, m, h);
        out.push(...HEAD_MEASURES.map((id) => measures[id] ?? 0));
      }
  return Float32Array.from(out);
}

type Lane = ComingStep['lanes'][number];
export const aLane = (over: Partial<Lane> = {}): Lane => ({
  kl: 0,
  sameTop: true,
  best: 1,
  token: 1,
  top: [],
  ...over,
});

export const aStep = (lanes: Partial<Lane>[], heads: ArrayLike<number> = [], pieces?: string[]): ComingStep => ({
  lanes: lanes.map(aLane),
  heads,
  pieces: pieces ?? lanes.map(() => ' word'),
});
