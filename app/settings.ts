import type { CacheConfig, Move, SideName } from '../gpu/kv/config';
import { defaultConfig } from '../gpu/kv/config';
import { startedAt } from '../gpu/kv/lane-system';
import type { DecodeRule, RunSpec } from '../gpu/run-types';
import { greedy } from '../gpu/run-types';

/** Everything that determines a run besides the model: what a link carries and the last session keeps. */
export interface Settings {
  /** Id of a prompt scene, or null for the visitor's own text. */
  scene: string | null;
  /** The prompt as typed; for a scene, its text. */
  text: string;
  /** Wrapped in the model's chat template where it has one. */
  chat: boolean;
  /** Most tokens to generate. */
  steps: number;
  decode: DecodeRule;
  mode: RunSpec['mode'];
  /** Lanes 1..7 as they stand before the first step. */
  lanes: CacheConfig[];
  /** Slider moves, in order of step. */
  moves: Move[];
}

/** Prompt + generated tokens of one run. */
export const RUN_CAP = 2048;
/** Beside the shadow. */
export const MOST_LANES = 7;
export const STEPS_DEFAULT = 256;
export const BIT_STOPS = [16, 8, 6, 5, 4, 3, 2] as const;

export const defaultSettings = (): Settings => ({
  scene: null,
  text: '',
  chat: false,
  steps: STEPS_DEFAULT,
  decode: { ...greedy },
  mode: 'same-prefix',
  lanes: [defaultConfig(4, 2)],
  moves: [],
});

/** The lane's bits once every move up to and including `step` has happened. `lane` counts from 1. */
export function bitsAt(
  settings: Pick<Settings, 'lanes' | 'moves'>,
  lane: number,
  step: number,
): Record<SideName, number> {
  const config = settings.lanes[lane - 1];
  const bits = { k: config.k.bits, v: config.v.bits };
  for (const move of settings.moves) if (move.lane === lane && move.step <= step) bits[move.field] = move.value;
  return bits;
}

/** The lane with another width of one side from the first step on. */
export const withBits = (config: CacheConfig, field: SideName, value: number): CacheConfig =>
  startedAt(config, field, value);
