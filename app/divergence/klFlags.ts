import type { Move } from '../../gpu/kv/config';
import { comparesArms, shownLanes } from '../draw/lanes';
import { bitsAt } from '../settings';
import type { State } from '../store';

/** Slider moves as flags: all moves of one step share a flag, "K 8→4, V 8→4"; between two arms each names its arm. */
export function moveFlags(state: Pick<State, 'settings' | 'runInfo' | 'lane'>): { step: number; text: string }[] {
  const lanes = shownLanes(state);
  const arms = comparesArms(state);
  const moves = state.settings.moves.filter((move) => arms || move.lane === state.lane);
  const words = (move: Move) => {
    const before = bitsAt({ lanes, moves: state.settings.moves }, move.lane, move.step - 1)[move.field];
    const arm = arms ? `${move.lane === 1 ? 'A' : 'B'} ` : '';
    return `${arm}${move.field.toUpperCase()} ${before}→${move.value}`;
  };
  const steps = [...new Set(moves.map((move) => move.step))].sort((p, q) => p - q);
  return steps.map((step) => ({
    step,
    text: moves
      .filter((move) => move.step === step && move.lane <= lanes.length)
      .map(words)
      .join(', '),
  }));
}

/** First step under the present widths of a lane. */
export function lastMoveStep(moves: Move[], lane: number, computed: number): number {
  return moves.reduce(
    (last, move) => (move.lane === lane && move.step < computed ? Math.max(last, move.step) : last),
    0,
  );
}
