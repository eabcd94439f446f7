import { fixed, grouped } from '../draw/figures';

/** Bytes in MB (10^6) with one decimal below 100, as the tables print them: no unit. */
export const megabytes = (bytes: number, decimals = 1): string =>
  bytes >= 100e6 ? grouped(bytes / 1e6) : fixed(bytes / 1e6, decimals);

/** Bytes with their unit: `98 MB`, `1.2 GB`. */
export function sizeText(bytes: number): string {
  if (bytes >= 1e9) return `${fixed(bytes / 1e9, 2)} GB`;
  if (bytes >= 10e6) return `${grouped(bytes / 1e6)} MB`;
  if (bytes >= 1e5) return `${fixed(bytes / 1e6, 1)} MB`;
  return `${grouped(bytes / 1e3)} kB`;
}

/** `40 s`, `3 min 20 s`. */
export function timeText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
