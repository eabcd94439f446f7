import { fixed, signed } from '../draw/figures';
import { frames } from '../frames';
import { charts } from '../text/charts';
import type { Candidate } from './candidates';
import { boldAbove } from './candidates';

/** `full` = the probability that fills the bar column. */
export function CandidateRow({ row, fed, full }: { row: Candidate; fed: boolean; full: number }) {
  return (
    <tr className={fed ? 'fed' : undefined}>
      <TokenCell id={row.id} />
      <td>{fixed(row.fp16, 3)}</td>
      <td>{row.lane === null ? `<${fixed(row.below, 3)}` : fixed(row.lane, 3)}</td>
      <Delta row={row} />
      <Rank row={row} />
      <td className="bars" aria-hidden="true">
        <span className="twin">
          <i className="fp16" style={{ width: `${(100 * row.fp16) / full}%` }} />
          <i className="own" style={{ width: `${(100 * (row.lane ?? 0)) / full}%` }} />
        </span>
      </td>
    </tr>
  );
}

export function TokenCell({ id }: { id: number }) {
  const label = (frames.labels.get(id) ?? String(id)).replace(/^ /, '·');
  return (
    <th scope="row">
      <span className="token">{label}</span>
    </th>
  );
}

export function Delta({ row }: { row: Candidate }) {
  if (row.lane === null) return <td className="quiet">–</td>;
  const change = row.lane - row.fp16;
  return <td className={Math.abs(change) > boldAbove ? 'strong' : 'quiet'}>{signed(change, 3)}</td>;
}

function Rank({ row }: { row: Candidate }) {
  if (row.rank === null) return <td className="strong">{charts.next.lostMore(row.lostAtLeast)}</td>;
  const text = row.rank === 0 ? '=' : row.rank > 0 ? `↓${row.rank}` : `↑${-row.rank}`;
  return <td className={Math.abs(row.rank) > 3 ? 'strong' : 'quiet'}>{text}</td>;
}
