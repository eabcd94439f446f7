import type { Detector } from '../detector';
import { parted } from '../detector';
import { headReader } from '../head-block';
import { slidingMean } from '../sliding';

/** Steps over which the share is taken. */
const WINDOW = 16;

const jitter: Detector = {
  id: 'jitter',
  title: 'Attention jitter',
  text: 'Share of heads whose most attended key (the first token left out) is not that of FP16, mean over 16 steps.',
  threshold: 0.2,
  absent: (run) => (run.measuresHeads ? null : 'no-heads'),
  begin(run, lane) {
    const mean = slidingMean(WINDOW);
    const flip = headReader(run, lane, 'flip');
    const count = run.layers * run.heads;
    return (step) => {
      if (step.heads.length === 0 || parted(step, lane)) return Number.NaN;
      let flips = 0;
      if (lane > 0) for (let i = 0; i < count; i++) flips += flip(step.heads, i);
      return mean(flips / count);
    };
  },
};

export default jitter;
