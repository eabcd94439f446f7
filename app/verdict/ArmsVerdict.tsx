import { FEWEST, verdictOf } from '../../gpu/measure/verdict';
import { grouped } from '../draw/figures';
import { laneLabel } from '../draw/lanes';
import { Panel } from '../draw/Panel';
import { frames } from '../frames';
import { useStore } from '../store';
import { sinceMove } from '../summary/series';
import { en } from '../text/en';
import { verdict as text } from '../text/en-verdict';
import { figuresOf } from './figures';
import { Glyph } from './Glyph';
import { PairedLine } from './PairedLine';

const ARMS = [1, 2];
const TONES = ['', 'a', 'b'];

/** Two arms side by side; the better figure of each row is bold. */
export function ArmsVerdict() {
  const state = useStore.getState();
  const arms = ARMS.map((lane) => figuresOf(state, lane));
  const from = Math.max(...ARMS.map((lane) => sinceMove({ ...state, lane })));
  const bytes = ARMS.map((lane) => frames.last?.lanes[lane]?.bytes.total ?? 0);
  const n = en.numbers;
  const rows: [string, (string | undefined)[], (number | undefined)[]][] = [
    [n.sameTop, arms.map((arm) => arm?.text.sameTop), arms.map((arm) => (arm ? -arm.sameTop : undefined))],
    [n.median, arms.map((arm) => arm?.text.median), arms.map((arm) => arm?.klMedian)],
    [n.kl99, arms.map((arm) => arm?.text.kl99), arms.map((arm) => arm?.kl99)],
    [n.first, arms.map((arm) => arm?.text.first), []],
    [text.bytes, bytes.map(grouped), []],
  ];
  return (
    <Panel className="verdict" title={text.title} note={text.range(from, frames.count - 1, from > 0)}>
      <table className="verdict-arms">
        <thead>
          <tr>
            <td />
            {ARMS.map((lane) => (
              <th key={lane} scope="col" className={`tone-${TONES[lane]}`}>
                {laneLabel(state, lane)}
              </th>
            ))}
          </tr>
          <tr>
            <td />
            {ARMS.map((lane, i) => {
              const of = arms[i];
              const level = of ? verdictOf(of) : null;
              return (
                <td key={lane}>
                  <span className="verdict-arm">
                    <Glyph level={level} size={16} />
                    <b className={level ?? 'none'}>
                      {level ? en.numbers.levels[level] : text.sofar(of?.steps ?? 0, FEWEST)}
                    </b>
                  </span>
                </td>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, words, [a, b]]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={a !== undefined && b !== undefined && a < b ? 'better' : ''}>{words[0] ?? '–'}</td>
              <td className={a !== undefined && b !== undefined && b < a ? 'better' : ''}>{words[1] ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <PairedLine from={from} bytes={bytes} />
    </Panel>
  );
}
