/** An estimate with its confidence interval. All in the unit of what was estimated; every number is finite. */
export interface Interval {
  value: number;
  low: number;
  high: number;
  /** Observations behind it. */
  n: number;
  /** Nominal coverage, 0..1. */
  level: number;
}

export const LEVEL = 0.95;

/** True when the interval leaves out `value`: at its level, the difference is not 0 by chance alone. */
export const excludes = ({ low, high }: Interval, value = 0): boolean => low > value || high < value;
