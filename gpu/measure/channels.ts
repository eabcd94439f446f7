import { frobenius, spectral } from './norm';
import { median } from './sliding';

/** How the rows of one cached side are spread over its channels. */
export interface ChannelSpread {
  /** Norms of the matrix [tokens, channels]. */
  spectral: number;
  frobenius: number;
  /** Fourth moment about the mean over the squared variance, all values together: 3 for a normal distribution. */
  kurtosis: number;
  /** Share of channels whose largest |value| exceeds OUTLIER times the median of the channels' largest. */
  outliers: number;
  /** Largest channel's largest |value| over that median. */
  worst: number;
}

export const OUTLIER = 6;

/** rows [tokens][channels], row-major. */
export function channelSpread(rows: Float32Array, channels: number): ChannelSpread {
  const largest = new Float64Array(channels);
  for (let i = 0; i < rows.length; i++) {
    const size = Math.abs(rows[i]);
    if (size > largest[i % channels]) largest[i % channels] = size;
  }
  const middle = median([...largest]);
  const limit = OUTLIER * middle;
  return {
    spectral: spectral(rows, rows.length / channels, channels),
    frobenius: frobenius(rows),
    kurtosis: kurtosis(rows),
    outliers: largest.filter((size) => size > limit).length / channels,
    worst: middle > 0 ? largest.reduce((a, b) => Math.max(a, b)) / middle : 0,
  };
}

/** Pearson's, not the excess; 0 without spread. */
export function kurtosis(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const mean = sum / values.length;
  let [second, fourth] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const square = (values[i] - mean) ** 2;
    second += square;
    fourth += square * square;
  }
  return second > 0 ? (fourth * values.length) / (second * second) : 0;
}
