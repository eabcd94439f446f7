import { frames } from '../../../app/frames';
import { defaultSettings } from '../../../app/settings';
import type { State } from '../../../app/store';
import { defaultConfig } from '../../../gpu/kv/config';
import type { ModelSummary } from '../../../gpu/run-types';
import type { Shape } from './synthetic';
import { runInfo, smol } from './synthetic';
import { promptPieces } from './words';

export interface Scene {
  shape: Shape;
  computed: number;
  frame: { free?: boolean };
  state: Partial<State>;
}

const model = { name: 'SmolLM2-135M', layers: 30, heads: 9, kvHeads: 3, headDim: 64 } as ModelSummary;

const moves: State['settings']['moves'] = [
  { lane: 1, step: 40, field: 'k', value: 4, scope: 'all' },
  { lane: 1, step: 40, field: 'v', value: 4, scope: 'all' },
  { lane: 1, step: 64, field: 'v', value: 2, scope: 'all' },
];
const armMoves: State['settings']['moves'] = [
  ...[1, 2].flatMap((lane) => moves.slice(0, 2).map((move) => ({ ...move, lane, step: 20 }))),
  { lane: 1, step: 64, field: 'v', value: 2, scope: 'all' },
  { lane: 2, step: 64, field: 'k', value: 2, scope: 'all' },
];

/** Begins the run of a scene; the caller pushes its frames and puts its state. */
export function prepare(name: string): Scene {
  const lanes = name === 'ab' ? 3 : name === 'many' ? 5 : 2;
  const shape = { ...smol, lanes };
  const info = runInfo(shape);
  const empty = name === 'empty';
  if (!empty) frames.begin(info);
  const settings = {
    ...defaultSettings(),
    lanes: info.configs.slice(1).map(() => defaultConfig(8, 8)),
    moves: empty ? [] : name === 'ab' ? armMoves : moves,
    mode: name === 'free' ? ('free-running' as const) : ('same-prefix' as const),
  };
  const pieces = promptPieces(shape.prompt);
  return {
    shape,
    computed: empty ? 0 : 143,
    frame: { free: name === 'free' },
    state: {
      ...{ settings, runInfo: empty ? null : info, model },
      prompt: { ids: pieces.map((_, i) => i), pieces },
      head: name === 'missing' ? { layer: 12, head: 1 } : { layer: 7, head: 4 },
    },
  };
}
