/** A lane whose settings for other engines the visitor asked for before the advisor was there; taken once. */
let asked: string | null = null;

export const askLane = (lane: string): void => {
  asked = lane;
};

export function takeAskedLane(): string | null {
  const lane = asked;
  asked = null;
  return lane;
}
