import type { Advice, Proposal } from '../../../gpu/lab/advice/propose';
import { firstFailure } from '../../../gpu/measure/first-failure';
import { fixed, klText } from '../../draw/figures';
import { dropRun } from '../../engine-run';
import { useStore } from '../../store';
import { advisor } from '../../text/advisor';
import { megabytes } from '../../ui/units';
import type { Measured } from './results';
import { levelOfRow, nameOf } from './results';
import { VerdictWord } from './VerdictWord';
import { useWish } from './wish';

interface Props {
  advice: Advice;
  measured: Measured;
}

/** What is proposed and why, with its bytes at the wished length, and beside it what was measured. */
export function ProposalTable({ advice, measured }: Props) {
  const text = advisor.proposals;
  const { swapped, fp16, left, proposals } = advice;
  if (proposals.length === 0) return <p role="status">{text.none}</p>;
  return (
    <>
      <div className="advisor-scroll">
        <table className="plain advisor-table">
          <thead>
            <tr>
              {text.columns.map((column, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <th key={i} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {proposals.map((one) => (
              <Row key={one.lane} proposal={one} fp16={fp16} measured={measured} />
            ))}
            {swapped && measured.lanes.has(swapped.lane) && (
              <tr className="advisor-swapped">
                <td />
                <th scope="row">
                  {nameOf(swapped.lane)}
                  <small>{text.swapped(nameOf(swapped.of))}</small>
                </th>
                <td />
                <td />
                <Figures lane={swapped.lane} measured={measured} />
              </tr>
            )}
          </tbody>
        </table>
      </div>
      {left.map(({ published, why }) => (
        <p key={published} className="lab m">
          {text.left(published, why)}
        </p>
      ))}
    </>
  );
}

function Row({ proposal, fp16, measured }: { proposal: Proposal; fp16: number; measured: Measured }) {
  const text = advisor.proposals;
  const { lane, config, published, reasons, bytes, atMost } = proposal;
  const without = useWish((s) => s.without);
  const isShown = useWish((s) => s.shown === lane);
  const name = nameOf(lane);
  const toggle = (on: boolean) =>
    useWish.setState({ without: on ? without.filter((other) => other !== lane) : [...without, lane] });
  const open = () => {
    dropRun();
    useStore.getState().putLanes([structuredClone(config)]);
    useStore.setState({ view: 'run' });
  };
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={text.run(name)}
          checked={!without.includes(lane)}
          onChange={(event) => toggle(event.target.checked)}
        />
      </td>
      <th scope="row">
        <button type="button" className="advisor-open" title={text.openTitle(name)} onClick={open}>
          {name}
        </button>{' '}
        <span className="q">{published ? text.published(published) : text.ours}</span>
        <small>{reasons.join(' ')}</small>
        <button
          type="button"
          className="word"
          aria-pressed={isShown}
          title={text.flagsTitle(name)}
          onClick={() => useWish.setState({ shown: lane })}
        >
          {text.flags}
        </button>
      </th>
      <td>
        {atMost && <span className="q">{text.atMost} </span>}
        {megabytes(bytes, 2)} MB
      </td>
      <td>{fixed(bytes / fp16)}×</td>
      <Figures lane={lane} measured={measured} />
    </tr>
  );
}

function Figures({ lane, measured }: { lane: string; measured: Measured }) {
  const text = advisor.proposals;
  const row = measured.lanes.get(lane);
  if (!row) {
    return (
      <td colSpan={6} className="q refused">
        {measured.refused.has(lane) ? text.refused(measured.refused.get(lane) ?? '') : text.notRun}
      </td>
    );
  }
  const { summary, firstDivergence } = row;
  const failure = firstFailure(row.detectors);
  return (
    <>
      <td>
        <VerdictWord level={levelOfRow(row)} />
      </td>
      <td>{klText(summary.klMedian)}</td>
      <td>{klText(summary.kl99)}</td>
      <td>{fixed(summary.sameTop * 100, 1)} %</td>
      <td>{firstDivergence === null ? text.never : text.step(firstDivergence)}</td>
      <td>{failure === null ? text.never : text.failure(failure.title, failure.step)}</td>
    </>
  );
}
