/** WGSL lines: sums and differences of the channels of `array` that lie `first`, 2 `first` ... below `end` apart. */
export const pairSums = ({
  array = 'row',
  first = 1,
  end,
  count,
}: {
  array?: string;
  first?: number;
  end: string;
  count: string;
}): string => `  for (var len = ${first}u; len < ${end}; len *= 2u) {
    for (var i = 0u; i < ${count} / 2u; i++) {
      let a = (i / len) * 2u * len + i % len;
      let x = ${array}[a];
      let y = ${array}[a + len];
      ${array}[a] = x + y;
      ${array}[a + len] = x - y;
    }
  }`;

/**
 * WGSL of an orthonormal Walsh-Hadamard transform over `row`, its own inverse: `<name>_forward` and `<name>_inverse`. Pairs that lie
 * `first`, 2 `first` ... below `end` channels apart are added and subtracted; `scale` makes it orthonormal; `unless`: rows stay as they are.
 */
export const butterflies = (
  name: string,
  { first = 1, end, scale, unless }: { first?: number; end: string; scale: string; unless?: string },
): string => /* wgsl */ `
fn ${name}_forward() {${unless === undefined ? '' : `\n  if (${unless}) { return; }`}
${pairSums({ first, end, count: 'channels()' })}
  let scale = ${scale};
  for (var i = 0u; i < channels(); i++) { row[i] *= scale; }
}
fn ${name}_inverse() { ${name}_forward(); }`;
