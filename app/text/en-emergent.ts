/** Texts of the lab's protocol for emergent abilities; loaded with its section. */
export const emergent = {
  nav: 'Abilities',
  title: 'Emergent abilities',
  note: 'right, % with 95 % Wilson interval, against bits',
  about:
    'The protocol of a study of quantized weights (arXiv 2307.08072), carried over to the cache: the same three kinds of probe at 16, 8, 4 and 2 bits. The study quantized weights by GPTQ and no cache; its figures are not comparable with these.',
  weights:
    'Weights are rounded to nearest in groups of 128, a stand-in for GPTQ, and loaded as a second model beside an FP16 cache: answers are counted, KL is not measured. At 16 bits they are as in the file, which may hold 4 or 8 bits itself.',
  standIn:
    'This model is asked in plain text. For “a form asked for” it continues a report in the form of its notes, which is a stand-in.',
  probes: {
    mapping: 'A rule from examples',
    arithmetic: 'A chain of sums',
    format: 'A form asked for',
    extract: 'A form asked for (notes of a report)',
  } as Record<string, string>,
  arms: { both: 'keys and values', k: 'keys alone', v: 'values alone', w: 'weights, stand-in' },
  columns: { probe: 'Probe', bits: 'bits', n: 'n', chance: 'chance %', kl: 'KL per token, keys and values' },
  chart: (probe: string) => `${probe}, right in percent against bits`,
  point: (percent: string, interval: string) => `${percent} % (${interval})`,
  spoken: (bits: number, arm: string, right: string) => `${arm} at ${bits} bits: ${right}`,
  notRun: 'not run',
  empty: 'Nothing measured yet. Start to ask the loaded model.',
  chance: 'chance',
  notScored: (percent: string, least: string) => `not scored: FP16 is right in ${percent} %, ${least} % are needed`,
};
