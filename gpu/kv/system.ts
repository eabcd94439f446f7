import type { CacheConfig } from './config';
import type { Entry, ParamValue, SystemFacts } from './entry';

/**
 * A published KV-cache system: a preset of existing codecs, transforms and policies. `k` and `v` take the words of `bits`
 * (numbers or names such as `q8_0`); `params` are its own settings. Every other lane setting overrides what `build` returns.
 */
export interface System extends Entry {
  bits: readonly ParamValue[];
  /** What `k` and `v` are when the lane does not say; a function where they follow from other settings. */
  widths: Readonly<Record<'k' | 'v', ParamValue>>;
  facts: SystemFacts;
  /** Rows leave the cache; what stays may be coded by another system (`then`). */
  evicts?: true;
  /** The configuration for complete settings: `params` by key, and `k` and `v`. Errors: bad-config. */
  build(values: Readonly<Record<string, ParamValue>>): CacheConfig;
}
