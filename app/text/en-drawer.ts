/** Texts of the drawer below Run: figures of the whole run. */
export const drawer = {
  label: 'Whole run',
  open: 'Open',
  fold: 'Fold',
  parts: 'KL by position, KL histogram, memory at length, equal-budget frontier',
  position: { note: 'nats; hatched = not tested', empty: 'No steps yet.' },
  histogram: {
    title: 'KL histogram',
    note: 'steps per bin, nats',
    median: (kl: string) => `median ${kl}`,
    empty: 'No steps yet.',
    free: 'No KL between free-running lanes.',
    columns: (lanes: string[]) => ['nats', ...lanes.map((lane) => `${lane}, steps`)],
    below: '< 0.0001',
    spoken: (bin: string, figures: string) => `${bin} nats: ${figures}`,
    figure: (lane: string, steps: number) => `${lane} ${steps} steps`,
  },
  memory: {
    title: 'Memory at length',
    note: 'MB, by K/V bits',
    pair: 'uniform',
    byText: 'follows from the text',
  },
  frontier: {
    title: 'Equal-budget frontier',
    note: (by: string) => `${by}, nats`,
    none: 'Not measured yet: the K × V grid of the lab measures it for this prompt.',
    go: 'Open the grid',
    x: 'eff. bits',
  },
};
