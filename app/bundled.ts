import type { ModelRef } from '../workers/protocol';

/** Pocket, the model that comes with the page: its file, and its name in links and recent lists. */
export const BUNDLED = 'pocket.gguf';

export const bundledRef = (): ModelRef => ({
  kind: 'url',
  url: new URL(`models/${BUNDLED}`, document.baseURI).href,
  name: BUNDLED,
});

export const BUNDLED_BYTES = 5_560_160;

/** Whether the model of this name is the bundled one. */
export const isBundled = (ref: string): boolean => ref === BUNDLED;
