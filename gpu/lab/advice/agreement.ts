import type { Level } from '../../measure/verdict';

/** How a measurement stands to the advice that proposed the lane. */
export type Agreement = 'agrees' | 'weaker' | 'contradicts' | 'few';

/** Published advice calls a pick fit for its scene: close agrees, watch is less than was said, breaks contradicts it. */
export function agreement(level: Level | null): Agreement {
  if (level === null) return 'few';
  if (level === 'close') return 'agrees';
  return level === 'watch' ? 'weaker' : 'contradicts';
}
