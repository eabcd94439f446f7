/** Fields of one lane in the eval contract that are always there. */
export const laneKeys = ['config', 'bytes', 'effectiveBits', 'steps', 'summary', 'detectors', 'policy'];

const levels = (name: string, marks: string) => marks.split(' ').map((mark) => `${name}${mark}`);

/** The table of `llama-perplexity --kl-divergence`, by the contract's names. */
export const SUMMARY = [
  ...['steps', 'cor', 'sameTop', 'sameTopErr'],
  ...levels('ppl', 'Base BaseErr Err Ratio RatioErr Diff DiffErr').concat('ppl', 'lnPplRatio', 'lnPplRatioErr'),
  ...levels('kl', 'Mean MeanErr Max 999 99 95 90 Median 10 5 1 01 Min'),
  ...levels('dp', 'Mean MeanErr Rms RmsErr Max 999 99 95 90 75 Median 25 10 5 1 01 Min'),
];

/** Every number in a JSON value. */
export function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : [];
}
