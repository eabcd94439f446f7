import { firstFailure } from '../../gpu/measure/first-failure';
import { verdictOf } from '../../gpu/measure/verdict';
import { en } from '../text/en';
import { Glyph } from '../verdict/Glyph';
import { watchRun } from '../verdict/watchRun';
import type { CompareRow } from './compareData';

/** The lane's verdict over the compared steps, and what the detectors saw first in it. */
export function VerdictCell({ row: { kl, lane, isRun } }: { row: CompareRow }) {
  const text = en.compare;
  if (!kl) return <td className="left wide verdict-cell" />;
  const level = verdictOf({ steps: kl.steps, sameTop: kl.sameTop, klMedian: kl.median, kl99: kl.p99 });
  const watch = isRun ? watchRun()?.watch : undefined;
  const first = watch && firstFailure(watch.findings(lane));
  return (
    <td className="left wide verdict-cell">
      <span className={level ?? 'm'}>
        <Glyph level={level} size={12} /> {level ? <b>{en.numbers.levels[level]}</b> : text.noVerdict}
      </span>
      {watch && <small className="block">{first ? text.fails(first.title, first.step) : text.quiet(kl.steps)}</small>}
    </td>
  );
}
