import type { Learn } from './codec';
import type { SideName } from './config';
import type { ClassLists, MixPlan } from './mix-plan';
import type { PlanePlan } from './plane-plan';
import type { SidePlan } from './side-plan';

export const SIDES: readonly SideName[] = ['k', 'v'];

/** The rows of one side of a lane: the same in every layer, or by layer and head. */
export type Plan = SidePlan | PlanePlan | MixPlan;

/** Positions of one layer that stay, by head or one list for all, and those of them that are never coded. */
export interface PromptRowsKept {
  kept: readonly ArrayLike<number>[];
  pinned: readonly number[];
  /** By KV head, where tokens are of two classes. */
  classes?: readonly ClassLists[];
}

/** A side of a lane whose codec learns tables. */
export interface LearningSide {
  lane: number;
  s: number;
  plan: Plan;
  learn: Learn;
}

/** Ops of one pass by lane and side ([lane * 2 + side]): where they are in the op buffer and how many there are. */
export interface OpRange {
  start: number;
  count: number;
  /** Distances of the ops of two layers and of two heads; 0 where all have the same. */
  layerStride: number;
  headStride: number;
}

export interface CacheOptions {
  cap: number;
  /** Tokens of the prompt. */
  prompt: number;
  live: boolean;
  /** Of the run, for evictions that draw. */
  seed: number;
}

export const NO_OPS: OpRange = { start: 0, count: 0, layerStride: 0, headStride: 0 };
