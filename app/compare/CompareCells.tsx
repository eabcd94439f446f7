import { fixed, klText } from '../draw/figures';
import { useNarrow } from '../draw/narrow';
import { dropRun } from '../engine-run';
import { useStore } from '../store';
import { en } from '../text/en';
import { megabytes } from '../ui/units';
import { BitsBar } from './BitsBar';
import type { CompareRow, Size } from './compareData';
import { KlPlot } from './KlPlot';
import type { Ranked } from './rank';
import { Sparkline } from './Sparkline';
import { LaneVerdict, VerdictCell } from './VerdictCell';

interface Props {
  ranked: Ranked;
  steps: number;
  /** The only lane there is. */
  only: boolean;
  open: boolean;
  onAbout: () => void;
}

/** The cells of one lane. Blue is the lane that Run has open. */
export function CompareCells({ ranked: { row, rank, tie }, steps, only, open, onAbout }: Props) {
  const isShown = useStore((s) => s.lane === row.lane);
  const narrow = useNarrow();
  const text = en.compare;
  const { kl, size, entry } = row;
  const tone = isShown ? 'a' : 'other';
  const published = entry?.facts?.published[0];
  return (
    <tr className={isShown ? 'shown' : ''} aria-current={isShown ? 'true' : undefined}>
      <td className="rank" title={tie ? text.tie : undefined}>
        {tie && <span aria-hidden="true">=</span>}
        {rank ?? ''}
        {tie && <span className="unseen">{text.tie}</span>}
      </td>
      <th scope="row" className="left system-cell">
        <span className="name">
          <button
            type="button"
            className="open"
            title={text.open(row.title)}
            onClick={() => useStore.setState({ lane: row.lane, view: 'run', pending: {} })}
          >
            {row.title}
          </button>
          {entry && <Tag row={row} open={open} onAbout={onAbout} />}
        </span>
        <small className="block" title={row.detail}>
          {row.isCustom && entry ? `${text.custom(entry.title)}: ${row.detail}` : row.detail}
        </small>
        {narrow && size && (
          <small className="block">
            {text.bitsShort(fixed(size.bits))} {sizeNote(size)}
          </small>
        )}
      </th>
      <td className="wide">
        {size && (
          <span className="bits">
            <b>{fixed(size.bits)}</b>
            <BitsBar size={size} tone={tone} />
          </span>
        )}
        {size && sizeNote(size) !== '' && <small className="block">{sizeNote(size)}</small>}
      </td>
      <td className="wide">{row.bitsLater === null ? '' : fixed(row.bitsLater)}</td>
      <td className="wide">{size && megabytes(size.bytes)}</td>
      <td className="plot">
        <KlPlot kl={kl} tone={tone} narrow={narrow} />
      </td>
      <td className="figure">
        <b>{kl ? klText(kl.median) : '–'}</b>
        <small>{kl && text.p99(klText(kl.p99))}</small>
        {narrow && <small>{kl && text.sameTop(fixed(kl.sameTop * 100, 0))}</small>}
        {narrow && kl && <LaneVerdict kl={kl} />}
      </td>
      <td className="wide">{kl ? `${fixed(kl.sameTop * 100, 1)} %` : '–'}</td>
      <td className="left wide">
        <Sparkline lane={row.isRun ? row.lane : null} steps={steps} tone={tone} />
      </td>
      <VerdictCell row={row} />
      <td className="left wide published">
        {published && (
          <>
            <span title={published.what}>{published.numbers}</span>
            <small className="block" title={published.what}>
              {published.what}
            </small>
          </>
        )}
      </td>
      <td>
        <Remove row={row} only={only} />
      </td>
    </tr>
  );
}

const sizeNote = (size: Size): string => {
  if (!size.measured) return en.compare.planned;
  return size.codes === 0 ? en.compare.nothingCoded : '';
};

/** How faithful the system is; opens what it says of itself. */
function Tag({ row, open, onAbout }: { row: CompareRow; open: boolean; onAbout: () => void }) {
  const { entry } = row;
  if (!entry) return null;
  const isExact = entry.facts?.fidelity === 'exact';
  return (
    <button
      type="button"
      className="tag"
      aria-expanded={open}
      aria-label={`${isExact ? en.systems.exact : en.systems.approximate}: ${en.systems.about(entry.title)}`}
      onClick={onAbout}
    >
      {isExact ? en.systems.exact : en.systems.approximate}
    </button>
  );
}

function Remove({ row, only }: { row: CompareRow; only: boolean }) {
  const text = en.compare;
  return (
    <button
      type="button"
      className="btn ghost icon"
      aria-label={text.remove(row.title)}
      title={only ? text.removeLast : text.remove(row.title)}
      disabled={only}
      onClick={() => {
        dropRun();
        useStore.getState().removeLane(row.lane);
      }}
    >
      ×
    </button>
  );
}
