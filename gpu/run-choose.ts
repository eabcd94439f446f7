import { sample } from './model/sample';
import type { Frame, RunSpec } from './run-types';

/**
 * The tokens fed next, one per lane, drawn on the host: in same-prefix mode the driver's draw for all, else each lane's own.
 * `logits` is [lanes][V].
 */
export function drawTokens(logits: Float32Array, spec: RunSpec, driver: number, step: number): number[] {
  const lanes = spec.lanes.length + 1;
  const vocab = logits.length / lanes;
  const pick = (lane: number) => sample(logits.subarray(lane * vocab, (lane + 1) * vocab), spec.decode, step);
  if (spec.mode === 'free-running') return Array.from({ length: lanes }, (_, lane) => pick(lane));
  return new Array<number>(lanes).fill(pick(driver));
}

/** Completes a frame with tokens that the host chose: their probabilities, from logits [lanes][V]. */
export function setTokens(frame: Frame, tokens: number[], logits: Float32Array): void {
  const vocab = logits.length / frame.lanes.length;
  const logp = (token: number, lane: number) => {
    const top = frame.lanes[lane].top[0];
    return logits[lane * vocab + token] - logits[lane * vocab + top.id] + top.logp;
  };
  const shadow = Math.exp(logp(tokens[0], 0));
  for (const [lane, token] of tokens.entries()) {
    const here = logp(token, lane);
    Object.assign(frame.lanes[lane], { token, nll: -here, dp: Math.exp(here) - shadow });
  }
  frame.token = tokens[0];
}
