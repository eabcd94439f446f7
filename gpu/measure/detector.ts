import type { LaneStep, RunSpec } from '../run-types';

/** The five failure modes, and the distribution that is always looked at. */
export type DetectorId = 'jitter' | 'distant' | 'distribution' | 'repetition' | 'reasoning' | 'instruction';

/** What of a run the detectors know before its first step. */
export interface WatchedRun {
  /** The shadow included. */
  lanes: number;
  layers: number;
  heads: number;
  mode: RunSpec['mode'];
  /** Frames carry head measures, at some steps at least. */
  measuresHeads: boolean;
  /** As the model sees it. */
  prompt: string;
  /** Answer that the text should come to, where it is known. */
  key: string | null;
  /** Printable form of a token, a leading space as a middle dot. */
  label(id: number): string;
}

/** One step as the detectors see it; by lane, 0 = shadow. */
export interface WatchedStep {
  step: number;
  lanes: readonly Pick<LaneStep, 'kl' | 'sameTop' | 'best' | 'token' | 'top'>[];
  /** [L][lanes - 1][H][HEAD_MEASURES.length]; empty where none were kept. */
  heads: ArrayLike<number>;
  /** What each lane was fed after the prompt, without and with the token that follows this step. */
  before: readonly string[];
  texts: readonly string[];
  /** Lanes whose text has come to its own end. */
  ended: readonly boolean[];
}

/** Why a detector has nothing to measure in a run. */
export type Absence = 'no-heads' | 'no-instruction' | 'free-only';

/** Value of one lane at a step, NaN where nothing can be said. Called once for each step in order. */
export type Gauge = (step: WatchedStep) => number;

/**
 * A failure mode that is watched step by step. A file in detectors/ whose default export is a Detector is found by itself. The shadow
 * goes through it like a lane; values of lanes are against the shadow, so what FP16 does too never fires for a lane.
 */
export interface Detector {
  /** Also the file's name. */
  id: DetectorId;
  title: string;
  /** What the value is, in one sentence. */
  text: string;
  /** It fires at the first step whose value lies above. A start value, until calibration.json holds another. */
  threshold: number;
  /** The shadow's value is a failing of its own text, not a difference from itself: where it fires, the model does that at FP16 too. */
  shadowFails?: true;
  absent?(run: WatchedRun): Absence | null;
  /** Begins anew for a lane: at the first step of the run, and at each of its moves. */
  begin(run: WatchedRun, lane: number): Gauge;
}

/** True once a free-running lane has left the shadow's text: what compares the two says nothing from there on. */
export const parted = ({ lanes }: WatchedStep, lane: number): boolean => Number.isNaN(lanes[lane].kl);
