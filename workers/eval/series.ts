import type { Frame } from '../../gpu/run-types';

/** Tokens that a lane was fed or chose after the prompt. */
export const tokensOf = (frames: readonly Frame[], lane: number): number[] =>
  frames.map((f) => f.lanes[lane].token).filter((id) => id >= 0);
