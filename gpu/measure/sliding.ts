/** Mean of the last `size` values that are numbers; NaN until there are as many, and where the newest one is NaN. */
export function slidingMean(size: number): (value: number) => number {
  const ring = new Float64Array(size);
  let [count, sum] = [0, 0];
  return (value) => {
    if (Number.isNaN(value)) return Number.NaN;
    sum += value - (count >= size ? ring[count % size] : 0);
    ring[count++ % size] = value;
    return count >= size ? sum / size : Number.NaN;
  };
}

/** Middle value, the mean of the two middle ones of an even count; NaN of none. Sorts its argument. */
export function median(values: number[]): number {
  if (values.length === 0) return Number.NaN;
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}
