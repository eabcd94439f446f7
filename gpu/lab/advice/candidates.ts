/** What the advisor weighs beyond the published picks. */
export interface Candidate {
  lane: string;
  reason: string;
  /** What it is good for, best first in the list below. */
  for: readonly Matter[];
  /** How it treats channels of keys that are far from the rest: on their own, or spread by a rotation. */
  keys?: 'by channel' | 'rotated';
}

export const MATTERS = ['quality', 'memory', 'speed'] as const;
/** What matters most to the visitor. */
export type Matter = (typeof MATTERS)[number];

/** From large to small within each purpose. */
export const CANDIDATES: readonly Candidate[] = [
  {
    lane: 'k=8 v=8',
    reason: 'MMLU within 0.1 points of FP16 on three 7B models (LMDeploy int8).',
    for: ['quality', 'speed'],
  },
  {
    lane: 'system=llamacpp k=q8_0 v=q8_0',
    reason: 'The 8-bit cache that llama.cpp and ollama offer; rows are rotated first.',
    for: ['quality'],
    keys: 'rotated',
  },
  {
    lane: 'k=8 v=4',
    reason: 'Values carry less of the error than keys in most reports, so they give bits first.',
    for: ['quality', 'speed'],
  },
  {
    lane: 'system=llamacpp k=q8_0 v=q4_0',
    reason: 'The same split with the types of llama.cpp.',
    for: ['quality', 'speed'],
    keys: 'rotated',
  },
  {
    lane: 'k=6 v=4',
    reason: 'Two bits more for keys: the margin that reports ask for where many query heads share a key head.',
    for: ['quality'],
  },
  {
    lane: 'k=4 v=4',
    reason: 'MMLU 0.8 to 1.6 points below FP16 on three 7B models (LMDeploy int4).',
    for: ['speed', 'memory'],
  },
  {
    lane: 'system=kivi k=4 v=4 window=32',
    reason:
      'Keys are grouped by channel, the newest tokens stay FP16: LongBench 43.53 against 43.54 (KIVI, Mistral-7B).',
    for: ['quality', 'memory'],
    keys: 'by channel',
  },
  {
    lane: 'system=quarot k=4 v=4',
    reason: 'A rotation spreads outlier channels before 4-bit rounding.',
    for: ['memory', 'speed'],
    keys: 'rotated',
  },
  {
    lane: 'system=zipcache gap=32',
    reason: '4 bits for tokens that get attention, 2 for the rest: GSM8K -0.38 points at 4.98 times less (Mistral-7B).',
    for: ['memory'],
    keys: 'by channel',
  },
  {
    lane: 'k=4 v=2',
    reason: 'At a mean of 3 bits the pair that gives keys more: 75.2 % against 54.7 % for K2 V4 (KV-AdaQuant).',
    for: ['memory', 'speed'],
  },
  {
    lane: 'system=kivi k=2 v=2 window=32',
    reason: '2 bits with keys grouped by channel: LongBench 42.43 against 43.54 (KIVI, Mistral-7B).',
    for: ['memory'],
    keys: 'by channel',
  },
  {
    lane: 'system=skvq k=2 v=2 group=64 window=32',
    reason: 'Channels sorted by range, a window and the first tokens in FP16.',
    for: ['memory'],
    keys: 'by channel',
  },
];
