import type { SceneId } from '../../../gpu/lab/advice/scenes';
import { ADVICE, rowsFor } from '../../../gpu/lab/advice/scenes';
import { Panel } from '../../draw/Panel';
import { advisor } from '../../text/advisor';

/** The published recommendations as they are, the rows that apply marked. */
export function Matrix({ scene, length }: { scene: SceneId; length: number }) {
  const text = advisor.matrix;
  const chosen = rowsFor(scene, length);
  return (
    <Panel title={text.title} note={text.note}>
      <div className="advisor-scroll">
        <table className="plain advisor-matrix">
          <thead>
            <tr>
              {text.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ADVICE.map((row) => (
              <tr key={row.id} className={chosen.includes(row) ? 'on' : ''}>
                <th scope="row">
                  {row.title}
                  {chosen.includes(row) && <small>{text.chosen}</small>}
                </th>
                <td>{row.picks.map(({ published }) => published).join('; ')}</td>
                <td>{row.remark}</td>
                <td>
                  {row.sources.map(({ text: source, url }) => (
                    <a key={url} href={url} target="_blank" rel="noreferrer">
                      {source}
                    </a>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
