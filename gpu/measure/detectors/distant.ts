import type { Detector } from '../detector';
import { parted } from '../detector';
import { headReader } from '../head-block';
import { median, slidingMean } from '../sliding';

/** Steps over which the loss is taken. */
const WINDOW = 16;
/** Far mass of the shadow from which a head counts as having any, and how many such heads it takes. */
const SOME = 0.01;
const FEWEST = 4;

const distant: Detector = {
  id: 'distant',
  title: 'Distant tokens',
  text: 'Attention lost on tokens more than 64 back, relative to FP16: median over the heads that have at least 1 % there, mean over 16 steps.',
  threshold: 0.3,
  absent: (run) => (run.measuresHeads ? null : 'no-heads'),
  begin(run, lane) {
    const mean = slidingMean(WINDOW);
    const [far, change] = [headReader(run, lane, 'far'), headReader(run, lane, 'farChange')];
    const count = run.layers * run.heads;
    return (step) => {
      if (step.heads.length === 0 || parted(step, lane)) return Number.NaN;
      if (lane === 0) return mean(0);
      const losses: number[] = [];
      for (let i = 0; i < count; i++) {
        const changed = change(step.heads, i);
        const shadow = far(step.heads, i) - changed;
        if (shadow >= SOME) losses.push(-changed / shadow);
      }
      return losses.length < FEWEST ? Number.NaN : mean(median(losses));
    };
  },
};

export default distant;
