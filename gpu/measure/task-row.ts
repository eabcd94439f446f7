/** Lane name of the shadow in rows and tables. */
export const FP16 = 'fp16';

/** One question to a group of lanes, or to FP16 alone. Arrays go by lane, in the order of the group. */
export interface TaskRow {
  task: string;
  length: number;
  /** Place in the series of held-out instances. */
  i: number;
  /** Part of the text with the needed fact, counted from its start; null where depth is not looked at. */
  band: number | null;
  /** Probability that a blind guess is right. */
  chance: number;
  /** Which seven of the pairs; -1: FP16 alone. */
  group: number;
  /** Names of the lanes where they are no pairs: `w=4` for weights of 4 bits beside an FP16 cache. */
  lanes?: string[];
  /** Tokens of the prompt, and of the answer that KL and same-top were measured at. */
  prompt: number;
  tokens: number;
  /** 1 = the whole answer is right. */
  ok: number[];
  /** Share of the answer that is right, 0..1: of its tokens (plain form) or of the facts asked for (chat form). */
  kept: number[];
  /** Sum of KL over the answer's tokens, nats. */
  kl: number[];
  /** Tokens of the answer where the lane's first choice is FP16's. */
  top: number[];
  /** Chat form: ROUGE-L of the lane's own text to FP16's, 0..1. */
  rouge?: number[];
  ms: number;
  /** Chat form, FP16: what it wrote. */
  fed?: number[];
}

/** Pairs that ride beside FP16 in one pass. */
export const GROUP = 7;

/** Share that FP16 must get right before lanes are scored: the bundled model was trained for these tasks. */
export const leastShare = (model: string): number => (/^pocket\b/i.test(model) ? 0.95 : 0.6);
