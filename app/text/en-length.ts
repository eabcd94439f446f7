/** Texts of the section on length. Loaded with the lab. */
export const length = {
  nav: 'Length',
  position: {
    title: 'KL by position',
    note: (bins: number) =>
      `nats, median of ${bins === 1 ? 'each token' : `${bins} tokens`}, log scale; hatched = not tested`,
    empty: 'Run a prompt first: this shows where in the text the lane of the run differs from FP16.',
    free: 'The lanes wrote their own texts (free-running), so there is no KL between them.',
    notTested: 'not tested',
    axis: 'position, tokens',
    line: 'dashed = robust line',
    columns: (lanes: string[]) => ['tokens', ...lanes.map((lane) => `${lane} KL median, nats`)],
    spoken: (tokens: string, figures: string) => `tokens ${tokens}: ${figures}`,
    figure: (lane: string, kl: string) => `${lane} ${kl}`,
  },
  trend: {
    title: 'Does the error accumulate?',
    few: (n: number) => `${n} positions are too few for a slope; 64 are the least.`,
    zero: 'KL is exactly 0 at every position.',
    grows: (by: string, low: string, high: string) =>
      `Yes: KL grows by ${by} per 100 tokens (95 % interval ${low} to ${high}). A finding for this text.`,
    shrinks: (by: string, low: string, high: string) =>
      `No: KL falls by ${by} per 100 tokens (95 % interval ${low} to ${high}). A finding for this text.`,
    flat: (low: string, high: string) =>
      `No finding: any change between ${low} and ${high} per 100 tokens fits this run (95 % interval), none at all among them.`,
    percent: (share: string) => `${share} %`,
    factor: (times: string) => `a factor of ${times}`,
    range: (from: string, to: string) => `Positions ${from} to ${to}; nothing is said of longer texts.`,
    how: 'Slope of ln KL by Theil and Sen: the median of the slopes between all pairs of positions, so single steps do not move it; the interval allows for neighbours that resemble each other.',
  },
  size: {
    title: 'Size by length',
    note: (model: string) => `whole cache of ${model}, from the settings of each system; not allocated here`,
    what: 'What the table shows',
    whats: { bytes: 'MB', bits: 'effective bits' },
    system: 'system, at its defaults',
    fp16: 'FP16',
    present: (name: string) => `lane on show: ${name}`,
    byText: 'follows from the text, or the weights',
    about: '≈',
    aboutText:
      '≈ on average: rows that leave, or classes of tokens, by the settings after a prompt of that length. Windows and scales are counted; tables by slot are not.',
    axis: 'tokens, log',
    y: 'MB, log',
    scroll: 'Sizes of all systems',
    needsModel: 'Sizes need a model.',
    spoken: (name: string, tokens: string, mb: string, bits: string) =>
      `${name} at ${tokens} tokens: ${mb} MB, ${bits} effective bits`,
  },
};
