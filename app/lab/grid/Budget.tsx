import { fixed, klText } from '../../draw/figures';
import { grid as text } from '../../text/en-grid';
import type { Best, GridRow } from './gridData';
import type { Figure } from './gridForm';
import { editGrid } from './gridForm';

const nameOf = ({ k, v }: GridRow) => text.pair(String(k), String(v));
/** More names than this make no sentence. */
const MOST_TIES = 6;

interface Props {
  best: Best | null;
  hasRows: boolean;
  by: Figure;
  budget: number;
  onOpen: (row: GridRow) => void;
}

/** So many effective bits at most: which pair is the best then, and which others cannot be told from it. */
export function Budget({ best, hasRows, by, budget, onOpen }: Props) {
  const at = text.budget.at(fixed(budget));
  return (
    <div className="grid-budget">
      <label>
        <span className="unseen">{text.budget.label}</span>
        <input
          type="range"
          min={1.5}
          max={16}
          step={0.25}
          value={budget}
          aria-valuetext={at}
          onChange={(event) => editGrid({ budget: Number(event.target.value) })}
        />
      </label>
      <b>{at}</b>
      {best ? (
        <>
          <span>
            {text.budget.best} <b>{nameOf(best.row)}</b>{' '}
            <span className="m">
              {text.budget.figures(fixed(best.row.bits), text.byLong[by], klText(best.row[by]))}
            </span>
          </span>
          <button type="button" className="btn" onClick={() => onOpen(best.row)}>
            {text.open(nameOf(best.row))}
          </button>
        </>
      ) : (
        hasRows && <span className="m">{text.budget.none}</span>
      )}
      <p className="lab m">
        {best && best.ties.length > 0 && text.budget.ties(listed(best.ties.map(nameOf)))} {text.budget.spread[by]}
      </p>
    </div>
  );
}

const listed = (names: string[]): string =>
  names.length > MOST_TIES ? `${names.slice(0, MOST_TIES).join(', ')} …` : names.join(', ');
