import { percentile } from '../../gpu/measure/percentile';

export interface Clock {
  loadMs: number;
  prefillMs: number;
  promptTokens: number;
  /** Wall milliseconds of each decode step. */
  stepMs: readonly number[];
  /** The shadow included. */
  lanes: number;
  gpuBytes: number;
}

/** Milliseconds to a microsecond. */
export const ms = (n: number): number => Math.round(n * 1000) / 1000;

/** `timing` of the eval contract; rates are 0 where nothing was timed. */
export function timing({ loadMs, prefillMs, promptTokens, stepMs, lanes, gpuBytes }: Clock): Record<string, unknown> {
  const median = percentile(
    stepMs.toSorted((a, b) => a - b),
    0.5,
  );
  const perSecond = (count: number, time: number) => (time > 0 ? ms((count * 1000) / time) : 0);
  return {
    loadMs: ms(loadMs),
    prefillMs: ms(prefillMs),
    prefillTokensPerS: perSecond(promptTokens, prefillMs),
    decodeMsMedian: ms(median),
    tokensPerS: perSecond(1, median),
    lanes,
    gpuBytes,
  };
}
