import type { Detector, WatchedStep } from '../detector';
import { parted } from '../detector';

const OPERATORS = new Set(['+', '−', '*', '×', '÷', '/', '=', '==', '%', '<', '>', '<=', '>=']);

/** A token that a sum or a chain of steps is made of: a digit, or an operator alone. */
export const isStepToken = (label: string): boolean => /\d/.test(label) || OPERATORS.has(label.replace(/^·/, ''));

/** True where `label` takes the text on along the key: the text ends in a beginning of the key, and the token continues it. */
export function continuesKey(text: string, label: string, key: string): boolean {
  const piece = label.replace(/^·/, ' ');
  const whole = key.trim();
  for (let done = Math.min(text.length, whole.length - 1); done >= 0; done--) {
    if (!text.endsWith(whole.slice(0, done))) continue;
    const next = done === 0 ? piece.trimStart() : piece;
    const rest = whole.slice(done);
    if (next !== '' && (rest.startsWith(next) || (next.startsWith(rest) && !/\w/.test(next[rest.length] ?? ''))))
      return done > 0 || next.length > 1;
  }
  return false;
}

/** p(lane's pick) - p(FP16's pick), both in the lane: 0 where they agree; a pick outside the ten best counts as 0. */
function margin({ lanes }: WatchedStep, lane: number): number {
  const wanted = lanes[0].best;
  const { best, top } = lanes[lane];
  if (best === wanted) return 0;
  const own = top.find(({ id }) => id === best);
  const other = top.find(({ id }) => id === wanted);
  // Without candidates there is only the fact that they differ.
  return own ? Math.exp(own.logp) - (other ? Math.exp(other.logp) : 0) : 1;
}

const reasoning: Detector = {
  id: 'reasoning',
  title: 'Reasoning chain',
  text: 'At steps where FP16 would write a digit, an operator or the next piece of the known answer: by how much the lane prefers another token, as a difference of probabilities.',
  threshold: 0.1,
  begin(run, lane) {
    return (step) => {
      if (parted(step, lane)) return Number.NaN;
      const label = run.label(step.lanes[0].best);
      const marked = isStepToken(label) || (run.key !== null && continuesKey(step.before[0], label, run.key));
      return marked ? margin(step, lane) : Number.NaN;
    };
  },
};

export default reasoning;
