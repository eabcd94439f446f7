import { baseLane, gridWidths } from '../../gpu/kv/lane-pairs';
import type { GridRow } from '../../gpu/lab/experiments/grid';
import type { Summary } from '../../gpu/measure/summary';
import { summarize } from '../../gpu/measure/summary';
import type { Calls, LabPlan } from '../../workers/protocol';
import { innerPasses, innerRows } from './fake-inner';
import { inventedProbes, probeSettings } from './invented-tasks';

/** Plans and rows with invented numbers, for looking at the lab's states. */
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
const cost = (bits: unknown, scale: number): number =>
  bits === 16 ? 0 : scale * 3 ** (2 - Number(/[\d.]+/.exec(String(bits))?.[0]));

function gridPlan(given: { lane?: string }): LabPlan {
  const settings = { lane: '', steps: 128, k: null, v: null, ...given };
  const count = Math.ceil(
    (gridWidths(baseLane(settings.lane), 'k').length * gridWidths(baseLane(settings.lane), 'v').length) / 7,
  );
  const passes = Array.from({ length: count }, (_, i) => ({
    id: `pairs-${i + 1}`,
    title: `Row ${i + 1}`,
    after: ['text'],
  }));
  return { experiment: 'grid', settings, passes: [{ id: 'text', title: 'FP16 writes the text' }, ...passes] };
}

function gridRows({ settings }: LabPlan, pass: string): GridRow[] {
  const { lane, steps } = settings as { lane: string; steps: number };
  const base = baseLane(lane);
  const pairs = gridWidths(base, 'k').flatMap((k) => gridWidths(base, 'v').map((v) => ({ k, v })));
  const first = (Number(pass.slice(6)) - 1) * 7;
  return pairs.slice(first, first + 7).map(({ k, v }) => {
    const kl = cost(k, 0.9) + cost(v, 0.11);
    const of = (bits: unknown) => (bits === 16 ? 16 : Number(/[\d.]+/.exec(String(bits))?.[0]) + 1);
    const bits = (of(k) + of(v)) / 2;
    const table: Summary = summarize({ kl: [kl], nll: [1], nllBase: [1], dp: [0], sameTop: [true] });
    const figures = { steps, klMedian: kl, kl99: kl * 6, klMean: kl * 1.4, sameTop: Math.exp(-2.2 * Math.sqrt(kl)) };
    const sizes = { kBits: of(k), vBits: of(v), bits, bytes: bits * 90_000, fp16Bytes: 16 * 90_000, tokens: 340 };
    return { ...table, ...figures, ...sizes, k, v, lane: `k=${k} v=${v}` };
  });
}

export const fakePlan: (args: Parameters<Calls['plan']>[0]) => LabPlan = ({ experiment, settings }) =>
  experiment === 'grid'
    ? gridPlan(settings)
    : {
        experiment,
        settings: experiment === 'emergent' ? probeSettings : settings,
        passes: innerPasses[experiment] ?? [{ id: 'one', title: 'One pass' }],
      };

export async function fakePass({ plan, pass }: Parameters<Calls['pass']>[0], pace: number) {
  await wait(pace * 20);
  if (plan.experiment === 'emergent') return { rows: inventedProbes(), ms: 900 };
  if (innerPasses[plan.experiment]) return { rows: innerRows(plan, pass), ms: 900 };
  return { rows: plan.experiment === 'grid' && pass !== 'text' ? gridRows(plan, pass) : [], ms: 900 };
}
