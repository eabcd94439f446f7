import type { Figures } from '../../gpu/measure/verdict';
import { fixed, klText } from '../draw/figures';
import { runMode } from '../draw/runMode';
import { frames } from '../frames';
import type { State } from '../store';
import { numbersOf, sinceMove } from '../summary/series';
import { en } from '../text/en';
import { firstDivergence } from '../transcript/tokenCells';

export interface LaneFigures extends Figures {
  /** Steps they stand for. */
  from: number;
  to: number;
  text: { sameTop: string; median: string; kl99: string; first: string };
}

/** The verdict's numbers of a lane since its last move; null before its first step. */
export function figuresOf(state: State, lane: number): LaneFigures | null {
  const of = { ...state, lane };
  const numbers = numbersOf(of, sinceMove(of));
  if (!numbers) return null;
  const { table, from, to } = numbers;
  const first =
    runMode(state) === 'free-running'
      ? firstDivergence(frames.lanes[lane], frames.lanes[0], true)
      : (numbers.firstDivergence ?? -1);
  return {
    ...{ from, to, steps: table.steps, sameTop: table.sameTop, klMedian: table.klMedian, kl99: table.kl99 },
    text: {
      sameTop: `${fixed(table.sameTop * 100, 1)} %`,
      median: klText(table.klMedian),
      kl99: klText(table.kl99),
      first: first < 0 ? en.numbers.never : en.numbers.firstAt(first),
    },
  };
}
