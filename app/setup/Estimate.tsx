import type { Inspection } from '../../workers/protocol';
import { grouped } from '../draw/figures';
import { RUN_CAP } from '../settings';
import { useStore } from '../store';
import { en } from '../text/en';
import { megabytes, sizeText } from '../ui/units';

interface Props {
  name: string;
  inspection: Inspection;
  onLoad: () => void;
  onBack: () => void;
}

/** What a model and its caches would take, against the adapter, before the download. */
export function Estimate({ name, inspection: i, onLoad, onBack }: Props) {
  const limit = useStore((s) => s.adapter?.maxBufferBytes ?? 0);
  const text = en.model;
  const rows: [string, number][] = [
    [text.rows.download, i.fileBytes],
    [text.rows.weights, i.weightBytes],
    ...i.laneBytes.map((bytes, lane): [string, number] => [text.rows.lane(lane), bytes]),
    [text.rows.scratch, i.scratchBytes],
  ];
  return (
    <div className="chooser">
      <div>
        <b>{i.name || name}</b>
        <p className="m lab">{text.shape(i.layers, i.heads, i.kvHeads, i.headDim, grouped(i.context))}</p>
      </div>
      <div className="scroll">
        <table className="plain">
          <thead>
            <tr>
              <th>
                {text.estimate}, {text.estimateNote(grouped(RUN_CAP))}
              </th>
              <th>MB</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([label, bytes]) => (
              <tr key={label}>
                <td>{label}</td>
                <td>{megabytes(bytes)}</td>
              </tr>
            ))}
            <tr>
              <td>
                <b>{text.rows.total}</b>
              </td>
              <td>
                <b>{megabytes(i.totalBytes)}</b>
              </td>
            </tr>
            <tr>
              <td className="m">{text.rows.limit}</td>
              <td className="m">{megabytes(limit)}</td>
            </tr>
          </tbody>
        </table>
      </div>
      <p role="status">
        <b>{i.fits ? text.fits : text.fitsNot}</b> <span className="m">{i.why}</span>
      </p>
      <div className="row">
        <button type="button" className={i.fits ? 'btn prime' : 'btn'} onClick={onLoad}>
          {i.fits ? text.loadSize(sizeText(i.fileBytes)) : text.loadAnyway}
        </button>
        <button type="button" className="btn" onClick={onBack}>
          {text.back}
        </button>
      </div>
    </div>
  );
}
