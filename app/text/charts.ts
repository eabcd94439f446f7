const minus = (n: number) => (n < 0 ? `−${-n}` : n > 0 ? `+${n}` : '0');

/** Every word the charts show or speak. A second language is a second object of this type. */
export const charts = {
  fp16: 'FP16',
  canvas: {
    role: 'chart',
    keys: 'Arrow keys move the cursor, Enter locks, Escape frees, T opens the numbers as a table.',
    openTable: (chart: string) => `${chart}: show the numbers as a table`,
    tableOf: (chart: string) => `${chart}: numbers`,
    closeTable: 'Close table',
    earlier: 'Earlier rows',
    later: 'Later rows',
    page: (first: number, last: number, total: number) => `rows ${first}–${last} of ${total}`,
    noRows: 'no rows yet',
  },
  save: {
    title: 'Save this chart',
    label: (chart: string) => `Save ${chart} as a picture or table`,
    as: (chart: string, format: string) => `Save ${chart} as ${format}`,
    formats: { png: 'PNG', svg: 'SVG', csv: 'CSV' },
    failed: 'Not drawn at present.',
  },
  kl: {
    title: 'KL per step',
    arm: 'arm',
    note: (arm: string) => `FP16 ‖ ${arm}, nats over the full vocabulary, log scale`,
    shaded: 'shaded in the colour of the worse arm',
    empty: 'no steps yet: the line starts with the first token',
    future: 'not computed yet',
    freeRunning: 'Free-running: the lanes read different texts, so there is no KL between them.',
    now: 'nats now',
    median: 'median',
    p99: '99 %',
    since: (from: number, to: number) =>
      `Median and 99 % over steps ${from}–${to}${from > 0 ? ', since the last move' : ''}`,
    armNow: (arm: string) => `${arm} now`,
    lowerIn: 'A lower in',
    ofSteps: (lower: number, of: number) => `${lower} of ${of} steps`,
    step: 'step',
    token: 'token',
    nats: (lane: string) => `${lane} KL, nats`,
    dp: (lane: string) => `${lane} Δp`,
    spoken: (step: number, lane: string, kl: string) => `step ${step}: ${lane} KL ${kl} nats`,
  },
  heads: {
    title: 'Head map',
    name: (lane: string) => `Head map ${lane}`,
    metric: 'Measure on the head map',
    kv: (group: number) => `KV ${group}`,
    layer: 'layer',
    layerMean: 'layer mean',
    none: 'no head yet',
    parted: ['The texts have parted here:', 'the heads read different tokens.'],
    legend: 'Colour scale',
    less: 'less',
    log: 'log',
    linear: 'linear',
    spoken: (layer: number, head: number, kv: number, metric: string, value: string) =>
      `layer ${layer}, head ${head}, KV head ${kv}: ${metric} ${value}`,
  },
  metrics: {
    tv: { name: 'total variation', what: 'Half the summed difference of the two attention rows', unit: '' },
    js: { name: 'Jensen–Shannon', what: 'Jensen–Shannon divergence of the two attention rows, nats', unit: 'nats' },
    flip: {
      name: 'top-key flip rate',
      what: 'Share of the last 16 steps in which the most attended key differs',
      unit: '',
    },
    farChange: {
      name: 'mass beyond 64',
      what: 'Attention on keys more than 64 tokens back, lane minus FP16',
      unit: '',
    },
    entropyChange: {
      name: 'entropy change',
      what: 'Entropy of the attention row, lane minus FP16, nats',
      unit: 'nats',
    },
    sinkChange: { name: 'sink mass change', what: 'Attention on the first token, lane minus FP16', unit: '' },
  },
  row: {
    title: 'Attention row',
    query: (layer: number, head: number, kv: number, step: number) =>
      `L${layer} H${head} (KV ${kv}), query at step ${step}`,
    none: 'no head computed yet',
    sink: 'sink',
    middle: (from: number, to: number, short: boolean) => `${short ? '' : 'tokens '}${from}–${to}, max`,
    older: 'older tokens, max',
    exact: (count: number) => `last ${count}, exact`,
    legend: (limit: number) => `Difference, from −${limit} to +${limit}`,
    missing: (layer: number, head: number, step: number) =>
      step === 0
        ? 'Step 0 comes out of the prompt as a whole and has no rows.'
        : `The row of L${layer} H${head} at step ${step} is gone: the cache has changed since.`,
    missingNow: (layer: number, head: number, step: number) =>
      `The row of L${layer} H${head} was not kept at step ${step}; pause to see it.`,
    which: 'Which strip to show',
    key: 'key',
    token: 'token',
    spoken: (key: number, token: string, fp16: string, lane: string, value: string) =>
      `key ${key}, ${token}: FP16 ${fp16}, ${lane} ${value}`,
  },
  distance: {
    from: 'tokens back, from',
    title: 'Distance profile',
    note: (head: string | null) => `${head ? `${head}, ` : ''}attention mass without sink`,
    top: (top: number) => `axis to ${top.toFixed(2)}`,
    axis: 'tokens back from the query (lower edge of the bin)',
    beyond: '64 and beyond',
    bin: (edge: number) => (edge < 2 ? `${edge} back` : `${edge}–${edge * 2 - 1} back`),
    change: (lane: string | null, percent: number) => `${lane ? `${lane} ` : ''}${minus(percent)} %`,
    changes: (parts: string[]) => (parts.length > 1 ? parts.join(', ') : `${parts[0]} mass`),
    missing: 'No row of this head at this step.',
  },
  lanes: {
    title: 'Text',
    note: 'every lane reads the same tokens; underlined = FP16 would pick another; tint = KL of the step',
    freeNote: 'each lane writes its own text; the bar marks the first different token',
    mode: 'How the lanes are fed',
    modes: { 'same-prefix': 'same-prefix', 'free-running': 'free-running' },
    log: 'Text of the lanes',
    empty: 'No tokens yet: the text starts with the first step.',
  },
  next: {
    title: 'Next token',
    note: (side: string) => `top 10 of ${side} at the cursor`,
    whose: 'Whose ten likeliest tokens',
    token: 'token',
    dp: 'Δp',
    rank: 'rank',
    bars: 'both probabilities as bars',
    lostMore: (places: number) => `↓${places}+`,
    empty: 'Fills with the first computed step.',
  },
};

export type ChartText = typeof charts;
