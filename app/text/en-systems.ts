/** The system picker, forms made from parameters, and the facts of a system. */
export const systems = {
  pick: 'System',
  none: 'none: uniform codec',
  groups: { code: 'Code the rows', evict: 'Let rows go' },
  laneOf: (lane: number, lanes: number) => `Lane ${lane} of ${lanes}`,
  lane: 'Lane on show',
  about: (title: string) => `About ${title}`,
  aboutShort: 'About',
  settings: 'Settings',
  custom: (title: string) => `custom, from ${title}`,
  customWhat: 'What differs from the preset',
  back: (title: string) => `Back to ${title}`,
  own: (title: string) => `Settings of ${title}`,
  scaled: (text: string) => `Scaled down: ${text}`,
  scaledNote: 'ours, not the system’s',
  restart: 'Acts from the next run on.',
  widthWord: 'The width of this side; a word leaves it to the other settings.',
  fixed: (title: string) => `${title} sets the widths itself.`,
  stays: 'Rows that stay are FP16; “Then” in Settings lets a system code them.',
  wordsLater: (title: string) => `Widths of ${title} act from the next run on.`,
  notPossible: (bits: string, owner: string, all: string) => `${owner} has no ${bits} bits; it has ${all}.`,
  later: {
    fraction: (bits: string) => `A running lane moves between whole bits: ${bits} bits are for the next run.`,
    codec: (bits: string, owner: string) =>
      `At ${bits} bits ${owner} codes in another way: the change is for the next run.`,
    evicts: (_: string, owner: string) =>
      `${owner} lets rows go, so its bits stay during a run: the change is for the next.`,
    learned: (_: string, owner: string) =>
      `${owner} has learned its tables for these bits: the change is for the next run.`,
    rows: (_: string, owner: string) =>
      `Groups of ${owner} run over all rows of the cache, so their bits stay during a run: the change is for the next.`,
  },
  widths: (name: string) => `${name}, width`,
  widthMenu: (name: string) => `${name}: choose a width`,
  formula: 'Formula',
  links: { paper: 'Paper', code: 'Code', source: 'Source' },
  licence: 'Licence',
  fidelity: 'Here',
  exact: 'exact',
  exactText: 'Exact: the same arithmetic as the released code.',
  approximate: 'approximate',
  approximateText: (why: string) => `Approximate: ${why}.`,
  published: 'Published, not measured here',
  whose: 'source',
  codec: 'Codec',
  transform: 'Transform',
  pairs: 'Widths by layer',
  pairsText: 'Layers with widths of their own, as layers:k.v. Later ranges win; none for no such layers.',
  fp16: 'FP16',
  mark: {
    button: 'Mark the selection in the prompt as bulk',
    none: 'Select a part of the prompt first; its tokens are known once a model is loaded.',
  },
  learned: {
    kept: 'Uses what systems learned from this model on an earlier visit; it is kept in this browser.',
    new: 'Systems have learned from this model; what they learned is kept in this browser for the next visit.',
    unkept: 'Systems have learned from this model; the browser does not keep it, so the next visit learns again.',
    forget: 'Forget it',
    forgotten: 'Forgotten: the next run learns again.',
  },
  layers: {
    title: 'Bits by layer',
    name: (lane: string) => `Bits by layer, ${lane}`,
    layer: 'layer',
    k: 'K',
    v: 'V',
    spoken: (layer: number, k: string, v: string) => `layer ${layer}: K ${k}, V ${v} bits`,
    none: 'no layer yet',
    needsModel: 'The strip of layers needs a model.',
  },
};

/** All lanes of a run in one table. */
export const compare = {
  title: (lanes: number) =>
    lanes === 1 ? 'One lane beside FP16' : `${words[lanes] ?? lanes} lanes, one prompt, one pass`,
  note: (lanes: number, steps: number) =>
    steps === 0
      ? 'Every lane reads the same tokens beside the FP16 shadow. Ranked by KL once it runs; sizes differ, so read the bits first.'
      : `${lanes === 1 ? 'The lane reads' : `${words[lanes] ?? lanes} lanes read`} the same ${steps} tokens beside the FP16 shadow. Sizes differ, so read the bits first.`,
  since: (step: number) => `Steps since the last move, at ${step}.`,
  table: 'Lanes, ranked',
  rankBy: 'Rank by',
  by: { median: 'KL median', p99: 'KL 99 %', sameTop: 'same-top', bits: 'effective bits', bytes: 'bytes' },
  columns: {
    rank: '#',
    system: 'system',
    bits: 'effective bits, now',
    at: (length: string) => `at ${length}`,
    bytes: 'MB',
    plot: 'KL per step, nats: median, middle half, 99 %',
    plotShort: 'KL, nats',
    actions: 'Remove',
    median: 'median',
    sameTop: 'same-top',
    spark: 'over the steps',
    verdict: 'verdict, first to break',
    published: 'published, not the same test',
  },
  noVerdict: 'not enough steps',
  fails: (title: string, step: number) => `${title}, step ${step}`,
  quiet: (steps: number) => `nothing fired in ${steps}`,
  planned: 'planned',
  nothingCoded: 'all FP16 so far',
  p99: (value: string) => `99 %: ${value}`,
  bitsShort: (bits: string) => `${bits} eff. bits`,
  sameTop: (share: string) => `top ${share} %`,
  reference: 'FP16',
  referenceText: 'the shadow itself, no quantization',
  unranked: 'reference, not ranked',
  custom: (title: string) => `custom, from ${title}`,
  open: (name: string) => `Open ${name} in Run`,
  remove: (name: string) => `Remove ${name}`,
  removeLast: 'The last lane stays.',
  add: 'Add a system',
  addWhich: 'Choose …',
  full: 'Seven lanes are the most.',
  fill: 'Compare seven systems',
  fillTitle: 'Replaces the lanes with systems at their defaults',
  uniform: (k: number, v: number) => `uniform K${k} V${v}`,
  free: 'The lanes write their own texts (free-running), so there is no KL between them.',
  tie: 'shares its rank: the difference lies within the spread',
  spread: {
    title: 'Spread.',
    text:
      'A code flips wherever a value lies near a tie, and one flip changes all deeper layers. Noise of one part in a million in the ' +
      'embedding moved the mean KL by 2 to 8 % (one standard deviation over 169 positions) and same-top by 2 to 4 points. ' +
      'A smaller difference is not a finding: medians less than 16 % apart share a rank here.',
    source: 'Measured elsewhere (PyTorch, SmolLM2-135M, one text of 337 tokens), not on this device.',
  },
  few: (steps: number) => `Only ${steps} steps: below 64 the order still moves.`,
  tags: {
    title: 'Exact',
    text: 'same arithmetic as the released code.',
    title2: 'Approximate',
    text2: 'something differs; open the tag to read what.',
  },
  bars: {
    title: 'Bars',
    text: (tokens: string, length: string) =>
      `solid = codes, hatched = scales and FP16 rows at T = ${tokens}. At short lengths FP16 windows dominate, so the next column gives the bits at ${length} tokens.`,
  },
  notTested: { title: 'Not tested', text: 'your model, other prompts, longer contexts.' },
  frontier: {
    title: 'Bits against KL',
    note: 'filled = nothing smaller is closer; numbers are ranks',
    x: 'effective bits',
    y: 'KL median, nats',
    empty: 'Points come with the first steps.',
    columns: ['lane', 'effective bits', 'KL median, nats', 'nothing smaller is closer'],
    yes: 'yes',
    no: 'no',
    point: (name: string, bits: string, kl: string) => `${name}: ${bits} bits, KL median ${kl}`,
  },
};

const words: Record<number, string> = { 2: 'Two', 3: 'Three', 4: 'Four', 5: 'Five', 6: 'Six', 7: 'Seven' };

export const views = {
  label: 'Sheets',
  run: 'Run',
  lab: 'Lab',
  compare: 'Compare',
  about: {
    run: 'Run: one lane in depth',
    lab: 'Lab: experiments on this model',
    compare: 'Compare: all lanes in a table',
  },
};
