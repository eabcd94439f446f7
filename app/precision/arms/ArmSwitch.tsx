import { startedAt } from '../../../gpu/kv/lane-system';
import { dropRun } from '../../engine-run';
import { useStore } from '../../store';
import { en } from '../../text/en';
import { arms as text } from '../../text/en-arms';
import { Segment } from '../../ui/Segment';
import { bitsNext, laneNow } from '../bits';
import { armsOf, otherArm } from './arms';

const OPTIONS = [
  ['one', text.one],
  ['two', text.two],
] as const;

/** One cache in depth, or two against each other in one run. */
export function ArmSwitch() {
  const now = useStore(armsOf);
  return <Segment label={text.label} value={now} options={OPTIONS} onChange={choose} />;
}

/** The arm on show stays as it stands; a run of the other kind has lanes of its own. */
function choose(next: 'one' | 'two'): void {
  const s = useStore.getState();
  if (armsOf(s) === next) return;
  if (s.recording) {
    s.notice(en.recording.fixed);
    return;
  }
  const bits = bitsNext(s);
  const own = startedAt(startedAt(laneNow(s), 'k', bits.k), 'v', bits.v);
  const other = otherArm(own, bits);
  dropRun();
  s.putLanes(next === 'one' ? [own] : [own, other]);
  if (next === 'two') useStore.setState({ lock: other.k.bits + other.v.bits === bits.k + bits.v });
}
