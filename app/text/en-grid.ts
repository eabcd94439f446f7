/** Texts of the grid of widths. Loaded with the lab. */
export const grid = {
  nav: 'K × V grid',
  title: 'K × V grid',
  note: (by: string, pairs: number, steps: number) => `${by}, ${pairs} pairs, ${steps} steps each`,
  lane: 'Lane',
  plain: 'uniform, groups of 32',
  present: (name: string) => `as in Run: ${name}`,
  systems: 'Systems',
  codecs: 'Codecs',
  steps: 'steps',
  stepsLabel: 'Most steps of each pair',
  by: 'Figure of a cell',
  bys: { klMedian: 'median', kl99: '99 %' },
  byLong: { klMedian: 'KL median', kl99: 'KL 99 %' },
  kBits: 'K bits',
  vBits: 'V bits',
  pair: (k: string, v: string) => `K${k} V${v}`,
  cell: (pair: string, by: string, kl: string, level: string, bits: string) =>
    `${pair}: ${by} ${kl} nats${level ? `, ${level}` : ''}, ${bits} effective bits`,
  openCell: (cell: string) => `${cell}; open in Run`,
  notYet: (pair: string) => `${pair}: not measured yet`,
  open: (pair: string) => `Open ${pair} in Run`,
  readout: (bits: string, median: string, p99: string, same: string, mb: string, ratio: string) =>
    `${bits} effective bits · KL median ${median} · 99 % ${p99} · same-top ${same} % · ${mb} MB, ${ratio}× of FP16`,
  legend: 'Colour scale, nats',
  scale: 'nats, log',
  less: 'less',
  verdict: 'verdict',
  levels: { close: 'close', watch: 'watch', breaks: 'breaks' },
  levelText: (close: Limit, breaks: Limit) =>
    `Limits, start values. close: median ≤ ${close.median}, 99 % ≤ ${close.kl99} and same-top ≥ ${close.sameTop * 100} %; ` +
    `breaks: median > ${breaks.median}, 99 % > ${breaks.kl99} or same-top < ${breaks.sameTop * 100} %.`,
  few: (steps: number) => `${steps} steps carry no verdict; from 64 on, cells have one.`,
  frontier: {
    title: 'Bits against KL',
    note: 'one dot a pair; line = best at its size, hollow = a smaller one is as close',
    x: 'effective bits per value, scale and min counted',
    y: (by: string) => `${by}, nats`,
    above: 'above: breaks',
    below: 'below: close',
    empty: 'Dots come with the first pass.',
    same: (times: string) => `same bytes, KL ${times}× apart`,
    columns: ['pair', 'bits', 'KL median', 'KL 99 %', 'same-top %', 'best at its size'],
    yes: 'yes',
    no: 'no',
  },
  budget: {
    label: 'Budget, effective bits per value',
    at: (bits: string) => `≤ ${bits} bits`,
    best: 'Best pair',
    none: 'No measured pair is that small.',
    figures: (bits: string, by: string, kl: string) => `${bits} bits, ${by} ${kl}`,
    ties: (pairs: string) => `Within the spread of it: ${pairs}.`,
    spread: {
      klMedian:
        'A difference below 16 % is no finding: noise of one part in a million in the embedding moved the mean KL by 2 to 8 % ' +
        '(one standard deviation; measured elsewhere, PyTorch, SmolLM2-135M, 169 positions).',
      kl99:
        'The 99 % moves more than the median: by 20 to 50 % under the same noise (one standard deviation; measured elsewhere, PyTorch, ' +
        'SmolLM2-135M, 169 positions). Below a factor of two it is no finding.',
    },
  },
  copy: 'Copy as CSV',
  copied: 'Copied',
  notCopied: 'The browser refused the clipboard.',
  csv: 'CSV',
  json: 'JSON',
  saveCsv: 'Download as CSV',
  saveJson: 'Download as JSON',
  tested: 'Tested: this model and this text. Not tested: other models, other prompts, longer contexts.',
};

interface Limit {
  median: number;
  kl99: number;
  sameTop: number;
}
