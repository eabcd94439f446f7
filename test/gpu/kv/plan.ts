import { Arena } from '../../../gpu/kv/arena';
import type { SideName } from '../../../gpu/kv/config';
import { parseLane } from '../../../gpu/kv/lane';
import { policyFor } from '../../../gpu/kv/registry';
import { SidePlan } from '../../../gpu/kv/side-plan';

interface PlanOptions {
  cap: number;
  live?: boolean;
  prompt?: number;
  layers?: number;
  kvHeads?: number;
  headDim?: number;
}

/** The plan of one side of a lane string. */
export function planOf(lane: string, options: PlanOptions, name: SideName = 'k'): SidePlan {
  const { cap, live = false, prompt = 0, layers = 1, kvHeads = 2, headDim = 64 } = options;
  const config = parseLane(lane);
  const places = Array.from({ length: layers }, () => ({ codes: 0, scales: 0 }));
  return new SidePlan(new Arena(places, kvHeads, headDim), config, name, policyFor(config), cap, prompt, live);
}

/** Both sides, as a lane of the cache has them. */
export const plansOf = (lane: string, options: PlanOptions): SidePlan[] =>
  (['k', 'v'] as const).map((name) => planOf(lane, options, name));
