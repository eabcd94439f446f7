import { repeatShare } from '../../gpu/measure/detectors/repetition';
import { useLiveAt } from '../draw/live';
import { frames } from '../frames';
import { laneFacts as text } from '../text/en-verdict';
import './verdict.css';
import { watchRun } from './watchRun';

/** Share of repeats in the last 64 tokens from which a text is called a loop. */
const LOOP = 0.5;

/** Under the name of a free-running lane: whether it loops, and whether the known answer stands in its text. */
export default function LaneFacts({ lane }: { lane: number }) {
  useLiveAt(3);
  const watch = watchRun()?.watch;
  const columns = frames.lanes[lane];
  if (!watch || !columns) return null;
  const tokens = columns.token.subarray(0, columns.count).filter((token) => token >= 0);
  const loops = repeatShare([...tokens.subarray(-64)]) > LOOP;
  const { key } = watch.run;
  const written = watch.textOf(lane);
  return (
    <span className="lane-facts">
      {loops && <span>{text.loops}</span>}
      {key !== null && <span>{hasAnswer(written, key) ? text.says(key) : text.lacks(key)}</span>}
    </span>
  );
}

/** The answer as a word of its own, in any case. */
export function hasAnswer(written: string, key: string): boolean {
  const plain = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w.,])${plain}(?!\\w|[.,]\\d)`, 'i').test(written);
}
