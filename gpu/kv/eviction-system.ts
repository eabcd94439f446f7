import { defaultConfig } from './config';
import type { SystemFacts } from './entry';
import type { Evictor, Scorer } from './evict';
import type { System } from './system';

/** The system of an eviction by itself: FP16 rows, the eviction's own settings and texts. */
export const evictionSystem = (evictor: Evictor | Scorer, title: string, facts: SystemFacts): System => ({
  id: evictor.id,
  title,
  text: evictor.text,
  formula: evictor.formula,
  source: evictor.source,
  bits: [],
  widths: { k: 16, v: 16 },
  evicts: true,
  params: evictor.params,
  facts,
  build: (own) => ({
    ...defaultConfig(16, 16),
    prefill: 'fp16',
    self: 'fp16',
    evict: { id: evictor.id, own: { ...own } },
  }),
});
