/**
 * The best quantization levels for N(0, 1) at 1..5 bits (Lloyd 1957, Max 1960), positive half, smallest first: each level is the
 * mean of its cell, each border the middle between two levels. Coordinates of a random unit vector of n channels are close to
 * N(0, 1/n), which is why vector codecs use them divided by sqrt(n).
 */
export const LEVELS: Readonly<Record<number, readonly number[]>> = {
  1: [0.7978846],
  2: [0.45278, 1.5104176],
  3: [0.2450942, 0.7560053, 1.3439093, 2.1519457],
  4: [0.128395, 0.3880483, 0.6567591, 0.9423405, 1.2562312, 1.6180464, 2.0690172, 2.7325896],
  5: [
    0.0658897, 0.1980518, 0.3313783, 0.4666995, 0.6049336, 0.7471357, 0.8945651, 1.0487833, 1.2118044, 1.3863403,
    1.5762281, 1.7872332, 2.0287284, 2.3177394, 2.6911196, 3.2607325,
  ],
};

/** Borders between neighbouring levels of the positive half; the border at 0 is left out. */
export const borders = (bits: number): number[] =>
  LEVELS[bits].slice(1).map((level, i) => (level + LEVELS[bits][i]) / 2);

const cases = (line: (bits: number) => string): string =>
  Object.keys(LEVELS)
    .map((bits) => `    case ${bits}u: { ${line(Number(bits))}; }`)
    .join('\n');

/** `levels[m]` for four magnitudes `m` at once, as a tree of selects: software adapters are slow at arrays indexed at run time. */
function pick(levels: readonly number[], bit: number): string {
  if (levels.length === 1) return `vec4f(${levels[0]})`;
  const half = levels.length / 2;
  const [low, high] = [levels.slice(0, half), levels.slice(half)];
  return `select(${pick(low, bit - 1)}, ${pick(high, bit - 1)}, (m & vec4u(${1 << bit}u)) != vec4u(0u))`;
}

/** WGSL `fn <id>_levels(code: vec4u, bits: u32) -> vec4f`: the levels of four codes, 0 = the lowest. */
export const levelsWgsl = (id: string): string => /* wgsl */ `
fn ${id}_levels(code: vec4u, bits: u32) -> vec4f {
  let half = vec4u(1u << (bits - 1u));
  let is_up = code >= half;
  let m = select(half - 1u - code, code - half, is_up);
  var size = vec4f(0.0);
  switch (bits) {
${cases((bits) => `size = ${pick(LEVELS[bits], bits - 2)}`)}
    default: { }
  }
  return select(-size, size, is_up);
}`;

/** WGSL `fn <id>_code(t: f32, bits: u32) -> u32`: how many borders lie below t. */
export const codeWgsl = (id: string): string => /* wgsl */ `
fn ${id}_code(t: f32, bits: u32) -> u32 {
  let a = abs(t);
  var m = 0u;
  switch (bits) {
${cases((bits) => `m = ${['0u', ...borders(bits).map((border) => `u32(a > ${border})`)].join(' + ')}`)}
    default: { }
  }
  let half = 1u << (bits - 1u);
  return select(half - 1u - m, half + m, t > 0.0);
}`;
