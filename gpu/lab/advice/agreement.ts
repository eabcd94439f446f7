/** How a measurement stands to the advice that proposed the lane. */
export type Agreement = 'agrees' | 'weaker' | 'contradicts' | 'too few';

/** Three levels of the verdict, or too few steps for one. */
export type Level = 'close' | 'watch' | 'breaks' | 'few';

/** Published advice calls a pick fit for its scene: close agrees, watch is weaker than said, breaks contradicts it. */
export function agreement(level: Level): Agreement {
  if (level === 'few') return 'too few';
  if (level === 'close') return 'agrees';
  return level === 'watch' ? 'weaker' : 'contradicts';
}
