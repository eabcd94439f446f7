import type { Detector, WatchedStep } from '../detector';

const WINDOW = 64;
const GRAM = 4;
/** Fewer tokens than this are no loop yet. */
const FEWEST = 32;

/** Share of the 4-grams of a window that stand earlier in it too; NaN below 32 tokens. */
export function repeatShare(tokens: readonly number[]): number {
  if (tokens.length < FEWEST) return Number.NaN;
  const seen = new Set<string>();
  let repeats = 0;
  const grams = tokens.length - GRAM + 1;
  for (let i = 0; i < grams; i++) {
    const gram = tokens.slice(i, i + GRAM).join();
    if (seen.has(gram)) repeats++;
    else seen.add(gram);
  }
  return repeats / grams;
}

/** The last 64 tokens of a lane: what it writes where each lane writes its own text, else what it would pick. */
function tail(free: boolean, lane: number): (step: WatchedStep) => number {
  const tokens: number[] = [];
  return ({ lanes }) => {
    const token = free ? lanes[lane].token : lanes[lane].best;
    if (token < 0) return Number.NaN;
    tokens.push(token);
    if (tokens.length > WINDOW) tokens.shift();
    return repeatShare(tokens);
  };
}

const repetition: Detector = {
  id: 'repetition',
  title: 'Repetition loop',
  text: 'Share of the four-token sequences of the last 64 tokens that stand among them already, minus the same of FP16. On a shared text: of the tokens that each lane would pick.',
  threshold: 0.5,
  shadowFails: true,
  begin({ mode }, lane) {
    const free = mode === 'free-running';
    const [own, shadow] = [tail(free, lane), tail(free, 0)];
    let last = 0;
    return (step) => {
      const value = own(step);
      if (lane === 0) return value;
      // A shadow whose text is over keeps its last share.
      const base = shadow(step);
      if (!Number.isNaN(base)) last = base;
      return value - last;
    };
  },
};

export default repetition;
