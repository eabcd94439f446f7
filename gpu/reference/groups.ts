import type { Side } from '../kv/config';

/**
 * Rows [tokens * width] of one head with every group of values put through `work`: groups of `group` channels of each token, or
 * of `group` tokens of each channel (`along`). Throws RangeError where `group` does not divide the grouped axis.
 */
export function throughGroups(
  rows: Float32Array,
  width: number,
  { group, along }: Pick<Side, 'along'> & { group: number },
  work: (values: Float32Array) => ArrayLike<number>,
): Float32Array {
  if ((along === 'channel' ? width : rows.length / width) % group !== 0)
    throw new RangeError(`group ${group} does not divide the axis`);
  const out = new Float32Array(rows.length);
  const values = new Float32Array(group);
  const stride = along === 'channel' ? 1 : width;
  for (let n = 0; n < rows.length / group; n++) {
    const start = along === 'channel' ? n * group : Math.floor(n / width) * group * width + (n % width);
    for (let i = 0; i < group; i++) values[i] = rows[start + i * stride];
    const back = work(values);
    for (let i = 0; i < group; i++) out[start + i * stride] = back[i];
  }
  return out;
}
