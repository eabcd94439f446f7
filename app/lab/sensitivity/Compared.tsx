import { fixed, klText, signed } from '../../draw/figures';
import { sensitivity as text } from '../../text/en-sensitivity';
import type { ComparedRow } from './rows';
import { againstOf, bestRival, outcomeOf } from './rows';

/** The suggestion beside the flat pair and its rivals, over the whole text in one run. */
export function Compared({ rows, onOpen }: { rows: readonly ComparedRow[]; onOpen: (lane: string) => void }) {
  const flat = rows[0];
  const suggested = rows.find(({ role }) => role === 'suggested');
  return (
    <>
      {suggested && (
        <p className="finding">
          {sayOutcome(suggested, flat)} {sayRival(suggested, bestRival(rows))}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="compared" aria-label={text.compared} tabIndex={0}>
        <table className="plain">
          <thead>
            <tr>
              {text.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.role} ${row.pairs}`} className={row.role}>
                <th scope="row">{text.roles[row.role]}</th>
                <td className="by-layer" title={row.pairs}>
                  {row.pairs}
                </td>
                {figures(row).map((figure, i) => (
                  <td key={text.columns[i + 2]}>{figure}</td>
                ))}
                <td>
                  <button
                    type="button"
                    className="word"
                    aria-label={text.open(row.pairs)}
                    onClick={() => onOpen(row.lane)}
                  >
                    {text.openShort}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="lab m">{text.turnedText}</p>
      <p className="lab m">{text.spread}</p>
    </>
  );
}

const figures = (row: ComparedRow): string[] => [
  fixed(row.bits),
  fixed(row.bytes / 1000, 1),
  row.local === null ? text.notYet : fixed(row.local, 4),
  klText(row.klMean),
  klText(row.klMedian),
  klText(row.kl99),
  fixed(row.sameTop * 100, 1),
  gainText(row),
];

/** Minus = less KL than the flat pair. */
function gainText({ gain, gainLow, gainHigh }: ComparedRow): string {
  if (gain === null) return '';
  if (gainLow === null || gainHigh === null) return signed(-gain);
  return text.gain(signed(-gain), signed(-gainHigh), signed(-gainLow));
}

function sayOutcome(row: ComparedRow, flat: ComparedRow): string {
  const outcome = outcomeOf(row, flat);
  if (outcome === 'open') return text.outcome.open(row.steps);
  return text.outcome[outcome](klText(Math.abs(row.gain as number)));
}

function sayRival(suggested: ComparedRow, rival: ComparedRow | null): string {
  if (!rival) return '';
  const [, k, v] = /:(\d+)\.(\d+)$/.exec(rival.pairs) ?? [];
  return text.rival[againstOf(rival, suggested)](`K${k} V${v}`, klText(Math.abs(rival.behind ?? 0)));
}
