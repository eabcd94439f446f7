import type { Receipt } from '../../gpu/measure/receipt';

/** Reports: one file with everything a page showed. */
export const report = {
  save: 'Report',
  saveTitle: 'One HTML file with figures, tables, settings and the link; it opens without a network',
  jobTitle: (title: string) => `kvscope: ${title}`,
  jobAbout: (done: number, of: number) =>
    `An experiment of kvscope on one model and one text, ${done} of ${of} passes done. Numbers stand as they were measured.`,
  runTitle: (model: string) => `kvscope: a run of ${model}`,
  runAbout: (steps: number) =>
    `${steps} steps, every lane beside an FP16 cache that sees the same tokens. KL in nats over the whole vocabulary.`,
  lanes: 'Lanes',
  rows: 'Rows',
  settings: 'Settings',
  run: 'Run',
  facts: {
    model: 'Model',
    hash: 'SHA-256',
    shape: 'Shape',
    axes: (layers: number, heads: number, kvHeads: number, headDim: number) =>
      `${layers} layers, ${heads} query heads, ${kvHeads} KV heads of ${headDim} channels`,
    adapter: 'Adapter',
    date: 'Date',
    experiment: 'Experiment',
    prompt: 'Prompt',
    receipt: 'Receipt',
  },
  receipt: ({ steps, tokens, kl }: Receipt) => `${steps} steps, tokens ${tokens}, KL ${kl}`,
  words: {
    link: 'Link',
    data: (name: string) => `${name}, as JSON`,
    made: (date: string) => `Made by kvscope in the browser, ${date}.`,
  },
};
