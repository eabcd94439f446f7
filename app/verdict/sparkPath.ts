export const SPARK = { width: 84, height: 20 };

/** Top of the scale: twice the threshold, or 1 where any value above 0 fires. */
export const topOf = (threshold: number): number => (threshold === 0 ? 1 : 2 * threshold);

export const yOf = (value: number, top: number): number =>
  SPARK.height - 1 - (Math.max(0, Math.min(top, value)) / top) * (SPARK.height - 2);

/**
 * SVG path of values[from, to) over the full width: the largest value of the steps that share a pixel, 0 at the bottom, `top` and
 * more at the top. NaN breaks the line; a value that stands alone is a dot.
 */
export function sparkPath(values: ArrayLike<number>, from: number, to: number, top: number): string {
  const count = to - from;
  const columns = Math.min(Math.max(0, count), SPARK.width);
  const edge = (column: number) => from + Math.floor((column * count) / columns);
  const pooled = Array.from({ length: columns }, (_, i) => largest(values, edge(i), edge(i + 1)));
  let path = '';
  for (const [i, value] of pooled.entries()) {
    if (Number.isNaN(value)) continue;
    const starts = !(pooled[i - 1] >= Number.NEGATIVE_INFINITY);
    const x = columns === 1 ? 0 : (i * (SPARK.width - 1)) / (columns - 1);
    path += `${starts ? 'M' : 'L'}${x.toFixed(1)} ${yOf(value, top).toFixed(1)}`;
    if (starts && !(pooled[i + 1] >= Number.NEGATIVE_INFINITY)) path += 'h1';
  }
  return path;
}

/** NaN where no value is a number. */
function largest(values: ArrayLike<number>, from: number, to: number): number {
  let best = Number.NaN;
  for (let i = from; i < to; i++) if (!(values[i] <= best)) best = Number.isNaN(values[i]) ? best : values[i];
  return best;
}
