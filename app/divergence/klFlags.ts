import type { Move } from '../../gpu/kv/config';
import { comparesArms, shownLanes } from '../draw/lanes';
import { bitsAt } from '../settings';
import type { State } from '../store';

/**
 * Slider moves as flags: all moves of one step share a flag, "K 8→4, V 8→4". Between two arms each names its arm,
 * "A V 4→2, B K 4→2", unless both arms made the same move.
 */
export function moveFlags(state: Pick<State, 'settings' | 'runInfo' | 'lane'>): { step: number; text: string }[] {
  const lanes = shownLanes(state);
  const arms = comparesArms(state);
  const moves = state.settings.moves.filter((move) => (arms ? move.lane <= 2 : move.lane === state.lane));
  const words = (move: Move) => {
    const before = bitsAt({ lanes, moves: state.settings.moves }, move.lane, move.step - 1)[move.field];
    return `${move.field.toUpperCase()} ${before}→${move.value}`;
  };
  const steps = [...new Set(moves.map((move) => move.step))].sort((p, q) => p - q);
  return steps.map((step) => {
    const here = moves.filter((move) => move.step === step);
    const of = (lane: number) => here.filter((move) => move.lane === lane).map(words);
    const same = arms && of(1).join() === of(2).join();
    if (!arms || same) return { step, text: of(arms ? 1 : state.lane).join(', ') };
    return { step, text: [...of(1).map((text) => `A ${text}`), ...of(2).map((text) => `B ${text}`)].join(', ') };
  });
}

/** First step under the present widths of a lane. */
export function lastMoveStep(moves: Move[], lane: number, computed: number): number {
  return moves.reduce(
    (last, move) => (move.lane === lane && move.step < computed ? Math.max(last, move.step) : last),
    0,
  );
}
