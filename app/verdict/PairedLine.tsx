import { excludes } from '../../gpu/measure/statistics/interval';
import { compareSteps } from '../../gpu/measure/statistics/paired';
import { fixed, grouped, signed } from '../draw/figures';
import { frames } from '../frames';
import { arms } from '../text/en-arms';

/** Whether the difference of the arms is a finding, and the numbers that say so, over the steps since the last move. */
export function PairedLine({ from, bytes: [a, b] }: { from: number; bytes: number[] }) {
  const text = arms.paired;
  const column = (lane: number) => frames.lanes[lane].kl.subarray(from, frames.count);
  const { mean, sign, nearer, wins, steps } = compareSteps(column(1), column(2));
  if (!mean) return <p className="paired lab m">{text.few}</p>;
  const near = nearer === 'first' ? 'A' : 'B';
  const one = excludes(mean) !== sign.p < 0.05;
  const says =
    nearer === null
      ? (one ? text.split : text.none)(wins, steps)
      : text.nearer(near, nearer === 'first' ? wins : steps - wins, steps);
  const apart = a === b ? text.equal : text.apart(a > b ? 'A' : 'B', grouped(Math.abs(a - b)));
  return (
    <p className="paired lab m">
      <b>{says}</b> {apart}{' '}
      {text.numbers(signed(mean.value, 4), signed(mean.low, 4), signed(mean.high, 4), fixed(sign.p, 3))}
    </p>
  );
}
