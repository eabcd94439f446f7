/** One token of one lane's text, ready to be shown. */
export interface TokenCell {
  step: number;
  /** Space before the cell, outside its tint. */
  space: boolean;
  own: string;
  /** What the other lane shows here, when it differs: takes part in the width only, so that all lanes wrap alike. */
  other: string | null;
  tint: 0 | 1 | 2 | 3;
  /** Its top-1 differs from what FP16 would pick (lane) or from the token that was fed (FP16). */
  underlined: boolean;
}

/** KL of the step, in nats, from which a token is tinted k1, k2, k3. */
export const tintFrom = [0.045, 0.09, 0.22] as const;

export function tintOf(kl: number): 0 | 1 | 2 | 3 {
  if (!(kl > tintFrom[0])) return 0;
  if (kl <= tintFrom[1]) return 1;
  return kl <= tintFrom[2] ? 2 : 3;
}

/** What of a frame the text needs. */
export interface TextStep {
  step: number;
  /** Text fed next to each lane. */
  pieces: string[];
  lanes: { kl: number; sameTop: boolean; best: number; token: number }[];
}

/** A label writes a leading space as `·`. */
const asText = (label: string) => (label.startsWith('·') && label.length > 1 ? ` ${label.slice(1)}` : label);

const shown = (text: string) => text.replace(/\r?\n/g, '↵').replace(/\t/g, '⇥');

/**
 * Same-prefix: every lane reads the same tokens. The FP16 lane (0) shows its own pick where that is another token;
 * both texts share one cell width. Free-running: each lane shows its own text, nothing is paired.
 */
export function tokenCell(frame: TextStep, lane: number, free: boolean, labelOf: (id: number) => string): TokenCell {
  const { step } = frame;
  const own = frame.lanes[lane];
  const fed = frame.pieces[lane] ?? '';
  if (free) return cell(step, fed, null, tintOf(own.kl), false);
  const shadow = frame.lanes[0];
  const differs = shadow.token >= 0 && shadow.best !== shadow.token;
  const pick = differs ? asText(labelOf(shadow.best)) : null;
  if (lane === 0) return pick === null ? cell(step, fed, null, 0, false) : cell(step, pick, fed, 0, true);
  return cell(step, fed, pick, tintOf(own.kl), !own.sameTop);
}

function cell(
  step: number,
  own: string,
  other: string | null,
  tint: TokenCell['tint'],
  underlined: boolean,
): TokenCell {
  const space = own.startsWith(' ') && (other === null || other.startsWith(' '));
  const cut = (text: string) => shown(space ? text.slice(1) : text);
  return { step, space, own: cut(own), other: other === null ? null : cut(other), tint, underlined };
}

/** First step at which a lane leaves FP16: another top-1 on the same prefix, or another token when running freely. */
export function firstDivergence(
  lane: { count: number; sameTop: ArrayLike<number>; token: ArrayLike<number> },
  shadow: { token: ArrayLike<number> },
  free: boolean,
): number {
  for (let step = 0; step < lane.count; step++) {
    if (free ? lane.token[step] !== shadow.token[step] : lane.sameTop[step] === 0) return step;
  }
  return -1;
}
