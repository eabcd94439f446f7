import type { CacheConfig, Side } from '../../kv/config';
import type { ParamValue } from '../../kv/entry';

/** What an inference engine offers for a cache. */
export interface Engine {
  id: string;
  title: string;
  /** The page or file that was read, at which version, and when. */
  source: string;
  version: string;
  checked: string;
  /** Settings for this cache, or the reason why there are none. */
  offer(wish: CacheWish): Offer | string;
  /** How to measure the KL divergence there, with the settings of an offer; or what is missing. */
  verify(offer: Offer): Check | string;
}

export interface Offer {
  /** To copy: a shell command or a piece of Python. */
  lines: string[];
  /** `same`: the system that runs here is this engine's. `near`: the same widths, stored in the engine's own way. */
  fit: 'same' | 'near';
  /** What differs, and what else it needs. */
  note: string;
  /** The flags alone, for the check. */
  flags: string;
}

export interface Check {
  lines: string[];
  note: string;
}

/** A lane as other engines would ask for it. */
export interface CacheWish {
  /** Bits of both sides. */
  k: number;
  v: number;
  /** The system that runs here, with its settings; null for plain rounding. */
  system: string | null;
  options: Readonly<Record<string, ParamValue>>;
  /** Rows leave the cache, layers or tokens have widths of their own, or a side is coded in a way of the visitor's own. */
  isMixed: boolean;
}

export const wishOf = (config: CacheConfig): CacheWish => ({
  k: config.k.bits,
  v: config.v.bits,
  system: config.system ?? null,
  options: config.options ?? {},
  isMixed: isMixed(config),
});

const isRounding = ({ codec, transforms, along }: Side): boolean =>
  (codec === 'uniform' || codec === 'f16') && transforms.length === 0 && along === 'channel';

function isMixed({ system, evict, mix, layers, k, v }: CacheConfig): boolean {
  if (evict !== undefined || mix !== undefined || (layers.pairs?.length ?? 0) > 0) return true;
  return system === undefined && !(isRounding(k) && isRounding(v));
}

export const isPlain = ({ system, isMixed }: CacheWish): boolean => system === null && !isMixed;

export const pairText = ({ k, v }: CacheWish): string => `K${k} V${v}`;

/** The reason for an engine that has nothing of the kind. */
export const noSystem = ({ system }: CacheWish): string =>
  system === null
    ? 'A mix of your own is not part of this engine.'
    : `The system ${system} is not part of this engine.`;
