import { firstFailure } from '../../gpu/measure/first-failure';
import { verdictOf } from '../../gpu/measure/verdict';
import { en } from '../text/en';
import { Glyph } from '../verdict/Glyph';
import { watchRun } from '../verdict/watchRun';
import type { CompareRow, Spread } from './compareData';

/** The lane's verdict over the compared steps, and what the detectors saw first in it. */
export function VerdictCell({ row: { kl, lane, isRun } }: { row: CompareRow }) {
  const text = en.compare;
  if (!kl) return <td className="left wide verdict-cell" />;
  const watch = isRun ? watchRun()?.watch : undefined;
  const first = watch && firstFailure(watch.findings(lane));
  return (
    <td className="left wide verdict-cell">
      <LaneVerdict kl={kl} />
      {watch && <small className="block">{first ? text.fails(first.title, first.step) : text.quiet(kl.steps)}</small>}
    </td>
  );
}

/** Glyph and word. */
export function LaneVerdict({ kl: { steps, sameTop, median, p99 } }: { kl: Spread }) {
  const level = verdictOf({ steps, sameTop, klMedian: median, kl99: p99 });
  return (
    <span className={`lane-verdict ${level ?? 'm'}`}>
      <Glyph level={level} size={12} />
      {level ? en.numbers.levels[level] : en.compare.noVerdict}
    </span>
  );
}
