import { agreement } from '../../../gpu/lab/advice/agreement';
import { keysFirst } from '../../../gpu/lab/advice/keys-first';
import type { Advice } from '../../../gpu/lab/advice/propose';
import type { AdviceScene, SceneId } from '../../../gpu/lab/advice/scenes';
import { isOutside, rowsFor } from '../../../gpu/lab/advice/scenes';
import type { LaneRow } from '../../../gpu/lab/experiments/advice';
import { fixed, grouped, signed } from '../../draw/figures';
import { Panel } from '../../draw/Panel';
import { useStore } from '../../store';
import { advisor } from '../../text/advisor';
import type { Measured } from './results';
import { levelOfRow, nameOf } from './results';

interface Props {
  advice: Advice;
  measured: Measured;
  scene: SceneId;
  length: number;
}

/** Where the measurement agrees with the published advice and where not, in sentences, with the numbers behind them. */
export function Findings({ advice, measured, scene, length }: Props) {
  const model = useStore((s) => s.model?.name ?? '');
  const text = advisor.result;
  const { lanes } = measured;
  const [first] = lanes.values();
  const tokens = grouped(first?.tokens ?? 0);
  return (
    <Panel title={text.title} note={first && text.note(first.kl.length, tokens)}>
      {!first ? (
        <p className="m">{text.empty}</p>
      ) : (
        <>
          <ul className="advisor-list">
            {rowsFor(scene, length)
              .filter((row) => isOutside(row, length))
              .map((row) => (
                <li key={row.id}>{text.outside(row.title, rangeText(row))}</li>
              ))}
            {advice.proposals
              .filter(({ published, lane }) => published && lanes.has(lane))
              .map(({ lane }) => (
                <li key={lane}>{pickText(lanes.get(lane) as LaneRow)}</li>
              ))}
            <Rule advice={advice} lanes={lanes} />
            <li>{bestText(lanes)}</li>
          </ul>
          <p className="lab m">{text.limits}</p>
          <dl className="advisor-tested">
            <dt>{text.tested}</dt>
            <dd>{text.testedText(model, tokens)}</dd>
            <dt>{text.notTested}</dt>
            <dd>{text.notTestedText(tokens)}</dd>
          </dl>
        </>
      )}
    </Panel>
  );
}

function rangeText({ from, upTo }: AdviceScene): string {
  const tokens = (n: number | null) => (n === null ? null : grouped(n));
  return advisor.result.range(tokens(from), tokens(upTo));
}

function pickText(row: LaneRow): string {
  const text = advisor.result;
  const level = levelOfRow(row);
  const name = nameOf(row.lane);
  if (level === null) return text.fewPick(name, row.summary.steps);
  return text.pick(name, advisor.proposals.verdicts[level], text.agreements[agreement(level)]);
}

/** The rule that keys need at least as many bits as values, at equal bytes. */
function Rule({ advice: { swapped }, lanes }: { advice: Advice; lanes: Measured['lanes'] }) {
  const text = advisor.result.rule;
  const [own, other] = swapped ? [lanes.get(swapped.of), lanes.get(swapped.lane)] : [];
  if (!own || !other) return null;
  const { keys: a, values: b, paired } = keysFirst(own, other);
  const [nameA, nameB] = [nameOf(a.lane), nameOf(b.lane)];
  const { mean, sign, nearer, wins, steps } = paired;
  if (!mean) return <li>{text.few(nameA, nameB)}</li>;
  const words = nearer === 'first' ? text.holds : nearer === 'second' ? text.fails : text.open;
  return (
    <li>
      {words(nameA, nameB, wins, steps)}{' '}
      {text.numbers(signed(mean.value, 4), signed(mean.low, 4), signed(mean.high, 4), fixed(sign.p, 3))}{' '}
      {a.bytes === b.bytes && text.bytes(grouped(a.bytes))}
    </li>
  );
}

function bestText(lanes: Measured['lanes']): string {
  const text = advisor.result;
  const close = [...lanes.values()].filter((row) => row.role === 'proposal' && levelOfRow(row) === 'close');
  const [best] = close.sort((a, b) => a.bytes - b.bytes);
  return best ? text.best(nameOf(best.lane), `${fixed(best.bytes / best.fp16)}×`) : text.noBest;
}
