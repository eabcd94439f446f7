import { parseLane } from '../../../gpu/kv/lane';
import type { KeyFacts } from '../../../gpu/lab/advice/warnings';
import { biasFacts } from '../../../gpu/lab/advice/warnings';
import type { AdviceRow, LaneRow } from '../../../gpu/lab/experiments/advice';
import type { Level } from '../../../gpu/measure/verdict';
import { verdictOf } from '../../../gpu/measure/verdict';
import { laneName } from '../../lane-name';
import type { Job } from '../jobs';
import { rowsOf } from '../jobs';

/** What the experiment has measured so far, by lane. */
export interface Measured {
  lanes: ReadonlyMap<string, LaneRow>;
  /** Lanes that the engine here does not run, and why. */
  refused: ReadonlyMap<string, string>;
  facts: KeyFacts | null;
}

export function measuredOf(job: Job | undefined): Measured {
  const rows = rowsOf<AdviceRow>(job);
  const lanes = new Map<string, LaneRow>();
  const refused = new Map<string, string>();
  let facts: KeyFacts | null = null;
  for (const row of rows) {
    if (row.kind === 'model') facts = { sinkHeads: null, bias: biasFacts(row.keyBias) };
    if (row.kind === 'lane') lanes.set(row.lane, row);
    if (row.kind === 'refused') refused.set(row.lane, row.why);
  }
  const [first] = lanes.values();
  if (first && facts) facts = { ...facts, sinkHeads: first.sinkHeads };
  return { lanes, refused, facts };
}

export const levelOfRow = ({ summary }: LaneRow): Level | null => verdictOf(summary);

export function nameOf(lane: string): string {
  const config = parseLane(lane);
  return laneName(config, { k: config.k.bits, v: config.v.bits });
}
