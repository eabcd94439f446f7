/** What the figures of a lane come to. The limits are start values, not calibrated. */
export type Level = 'close' | 'watch' | 'breaks';

/** Fewer scored steps carry no verdict. */
export const FEWEST = 64;

/** KL in nats, same-top as a share. `close` asks for all of its limits, `breaks` for one of its own. */
export const LIMITS = {
  close: { median: 0.02, kl99: 0.2, sameTop: 0.95 },
  breaks: { median: 0.1, kl99: 0.5, sameTop: 0.85 },
} as const;

export interface Figures {
  /** Scored steps. */
  steps: number;
  sameTop: number;
  klMedian: number;
  kl99: number;
}

/** Level of a lane over the steps since its last move; null below 64 of them. */
export function verdictOf({ steps, sameTop, klMedian, kl99 }: Figures): Level | null {
  if (steps < FEWEST) return null;
  const { close, breaks } = LIMITS;
  if (klMedian > breaks.median || kl99 > breaks.kl99 || sameTop < breaks.sameTop) return 'breaks';
  return klMedian <= close.median && kl99 <= close.kl99 && sameTop >= close.sameTop ? 'close' : 'watch';
}

/** By the median alone: for a cell or a line that stands for a whole run. */
export const levelOf = (klMedian: number): Level =>
  klMedian > LIMITS.breaks.median ? 'breaks' : klMedian > LIMITS.close.median ? 'watch' : 'close';
