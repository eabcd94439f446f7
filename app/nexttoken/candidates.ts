import type { TopToken } from '../../gpu/run-types';

export interface Candidate {
  id: number;
  fp16: number;
  /** Probability in the lane; null when the token is outside what the lane reported. */
  lane: number | null;
  /** Then it is at most this (the lane's own tenth). */
  below: number;
  /** Places lost in the lane (negative: gained); null when outside its ten. */
  rank: number | null;
  /** At least this many places lost, when `rank` is null. */
  lostAtLeast: number;
}

/** Differences above this are set in bold. */
export const boldAbove = 0.02;

/**
 * The ten likeliest tokens of one side, beside the other side. Each side reports its own ten with the other's
 * log-probability; the shadow's `other` is lane 1, so for a further lane a token outside the lane's own ten has no
 * number, only a bound.
 */
export function candidates(shadow: TopToken[], lane: TopToken[], ofLane: boolean, isFirstLane: boolean): Candidate[] {
  const own = ofLane ? lane : shadow;
  const against = ofLane ? shadow : lane;
  const bound = lane.length > 0 ? Math.exp(lane[lane.length - 1].logp) : 1;
  return own.map((token, index) => {
    const place = against.findIndex((other) => other.id === token.id);
    const moved = ofLane ? index - place : place - index;
    const rank = place < 0 ? null : moved;
    const lostAtLeast = against.length - index;
    if (ofLane)
      return { id: token.id, fp16: Math.exp(token.other), lane: Math.exp(token.logp), below: bound, rank, lostAtLeast };
    const known = place >= 0 ? lane[place].logp : isFirstLane ? token.other : null;
    return {
      id: token.id,
      fp16: Math.exp(token.logp),
      lane: known === null ? null : Math.exp(known),
      below: bound,
      rank,
      lostAtLeast,
    };
  });
}

/** Right end of the bars: a quarter, doubled until all of them fit; the column head says which. */
export function barEnd(rows: Candidate[]): number {
  const most = rows.reduce((top, row) => Math.max(top, row.fp16, row.lane ?? 0), 0);
  return most <= 0.25 ? 0.25 : most <= 0.5 ? 0.5 : 1;
}
