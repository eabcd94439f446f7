/** Two arms: the switch, four rulers, the budget, and what the paired test says. */
export const arms = {
  label: 'Arms',
  one: 'one arm',
  two: 'A / B',
  side: (arm: string, name: string) => `Arm ${arm}, ${name}`,
  show: (arm: string) => `Show arm ${arm} in the panels`,
  effective: 'effective',
  fixed: 'no bits to choose; its settings are under More',
  equal: (sum: number) => `Equal budget: K + V = ${sum} bits`,
  equalOff: 'Equal budget',
  lockTitle: 'Both arms keep one sum of K and V bits: moving one side of an arm moves its other side',
  noPair: (sum: number) => `Arm B has no pair of K and V bits that sum to ${sum}.`,
  apart: (bytes: string) => `${bytes} B apart`,
  hatched: 'Hatched = scale + min',
  swap: 'Swap K and V',
  swapTitle: 'Exchanges K and V bits of the arm on show',
  paired: {
    few: 'Too few steps for a test of the difference.',
    nearer: (near: string, wins: number, of: number) =>
      `A finding: ${near} is nearer to FP16, on ${wins} of ${of} steps.`,
    none: (wins: number, of: number) =>
      `No finding: A is nearer on ${wins} of ${of} steps, which chance alone explains.`,
    split: (wins: number, of: number) =>
      `No finding: A is nearer on ${wins} of ${of} steps, and the mean difference and the count of steps do not agree.`,
    numbers: (mean: string, low: string, high: string, p: string) =>
      `KL of A less KL of B: mean ${mean} nats, 95 % interval ${low} to ${high}; sign test over blocks p = ${p}.`,
    equal: 'Both take the same bytes.',
    apart: (more: string, bytes: string) => `${more} takes ${bytes} bytes more.`,
  },
};
