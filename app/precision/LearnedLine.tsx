import { needsCalibration } from '../../gpu/kv/lane-calibration';
import { unlearn } from '../engine-model';
import { useStore } from '../store';
import { en } from '../text/en';
import { laneNow } from './bits';

/** Where the tables or norms of the lane's system come from, and the way to drop them. */
export function LearnedLine() {
  const origin = useStore((s) => s.runInfo?.learned);
  const learns = useStore((s) => {
    const lane = laneNow(s);
    return needsCalibration([lane]) || lane.layers.allocate !== undefined;
  });
  const text = en.systems.learned;
  if (!origin || !learns) return null;
  return (
    <p className="q">
      {text[origin]}{' '}
      <button type="button" className="word" onClick={() => void unlearn()}>
        {text.forget}
      </button>
    </p>
  );
}
