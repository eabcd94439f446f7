/** Digests by which a recipient's page proves it computed the same run. */
export interface Receipt {
  /** Steps covered. */
  steps: number;
  /** Hash of the token ids, prompt included: 8 hex. */
  tokens: string;
  /** Hash of the f32 bits of every lane's KL, step by step: 8 hex. */
  kl: string;
  /** 16 bits over tokens and KL up to each multiple of `EVERY` steps: 4 hex each. */
  prefixes: string[];
}

export type ReceiptVerdict =
  | { kind: 'same'; steps: number }
  /** Fewer steps than the receipt covers, alike so far. */
  | { kind: 'so-far'; steps: number }
  /** Alike up to `steps`, different somewhere in the next 32; `tokens`: only the KL values differ, the tokens are the same. */
  | { kind: 'parts'; steps: number; tokens: boolean };

export const EVERY = 32;

/** What of a run goes into its receipt: by lane (0 = shadow), token and KL of every step. */
export interface Receipted {
  lanes: readonly { token: ArrayLike<number>; kl: ArrayLike<number> }[];
}

/** FNV-1a over 32-bit words, with a final mix so that one flipped bit reaches all of the sum. */
class Digest {
  private h = 0x811c9dc5;
  word(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.h = Math.imul(this.h ^ ((value >>> shift) & 255), 0x01000193);
  }
  value(): number {
    let h = this.h;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) >>> 0;
  }
}

const hex = (value: number, digits: number) => (value >>> 0).toString(16).padStart(8, '0').slice(0, digits);
const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The receipt of the first `steps` frames. NaN (no KL at that step) has one bit pattern. */
export function receiptOf(prompt: ArrayLike<number>, frames: Receipted, steps: number): Receipt {
  const tokens = new Digest();
  const kl = new Digest();
  const both = new Digest();
  for (let i = 0; i < prompt.length; i++) tokens.word(prompt[i]);
  both.word(tokens.value());
  const prefixes: string[] = [];
  for (let i = 0; i < steps; i++) {
    for (const lane of frames.lanes) {
      tokens.word(lane.token[i]);
      both.word(lane.token[i]);
      float[0] = Number.isNaN(lane.kl[i]) ? Number.NaN : lane.kl[i];
      kl.word(bits[0]);
      both.word(bits[0]);
    }
    if ((i + 1) % EVERY === 0) prefixes.push(hex(both.value(), 4));
  }
  return { steps, tokens: hex(tokens.value(), 8), kl: hex(kl.value(), 8), prefixes };
}

/** Compares what this page computed with a link's receipt; null before the first digest can be compared. */
export function compareReceipt(
  prompt: ArrayLike<number>,
  frames: Receipted & { count: number },
  receipt: Receipt,
): ReceiptVerdict | null {
  const count = Math.min(frames.count, receipt.steps);
  const mine = receiptOf(prompt, frames, count);
  const done = count === receipt.steps;
  const parts = (alike: number): ReceiptVerdict => ({
    kind: 'parts',
    steps: alike * EVERY,
    tokens: done && mine.tokens === receipt.tokens,
  });
  const differs = mine.prefixes.findIndex((prefix, i) => prefix !== receipt.prefixes[i]);
  if (differs >= 0) return parts(differs);
  if (!done) return mine.prefixes.length === 0 ? null : { kind: 'so-far', steps: mine.prefixes.length * EVERY };
  if (mine.tokens === receipt.tokens && mine.kl === receipt.kl) return { kind: 'same', steps: count };
  return parts(mine.prefixes.length);
}
