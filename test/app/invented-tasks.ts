import type { TaskReports } from '../../gpu/measure/task-report';
import { reportOf } from '../../gpu/measure/task-report';
import type { TaskRow } from '../../gpu/measure/task-row';
import { GROUP } from '../../gpu/measure/task-row';

const PAIRS = [16, 8, 4, 3, 2].flatMap((k) => [16, 8, 4, 2].map((v) => `k=${k} v=${v}`)).slice(1);
const COUNT = 50;
const CHANCE: Record<string, number> = { qa: 0.2, arithmetic: 0.01, extract: 0, needle: 0.2, copy: 0 };

/** Share of the questions that a pair has right, invented. */
const shareOf = (pair: string, length: number): number => {
  const [k, v] = [...pair.matchAll(/=(\d+)/g)].map(([, bits]) => Number(bits));
  return Math.max(0, 1 - (4 * 3 ** (2 - k) * 0.2 + 3 ** (2 - v) * 0.05) * (1 + Math.log2(length / 64)));
};

/** A table as `public/lab/tasks.json` has it, with invented numbers, for looking at the page. */
export function inventedTasks(): TaskReports {
  const rows: TaskRow[] = [];
  for (const task of Object.keys(CHANCE))
    for (const length of [64, 128, 256])
      for (let i = 0; i < COUNT; i++) {
        const one = { task, length, i, band: task === 'needle' && length > 64 ? i % 5 : null, chance: CHANCE[task] };
        const sizes = { prompt: length - 12, tokens: 12, ms: 40 };
        const isRight = task !== 'copy' || i % 3 === 0;
        rows.push({ ...one, ...sizes, group: -1, ok: [Number(isRight)], kept: [1], kl: [0], top: [12] });
        for (let group = 0; task !== 'copy' && group * GROUP < PAIRS.length; group++) {
          const shares = PAIRS.slice(group * GROUP, (group + 1) * GROUP).map((pair) => shareOf(pair, length));
          const ok = shares.map((share) => Number((i * 0.618) % 1 < share));
          const kl = shares.map((share) => 12 * (1 - share) * 0.4);
          rows.push({ ...one, ...sizes, group, ok, kept: shares, kl, top: shares.map((share) => 12 * share ** 0.5) });
        }
      }
  const settings = {
    ...{ tasks: Object.keys(CHANCE), pairs: PAIRS, depths: 5, count: COUNT, seed: 1, shots: 0, least: null },
  };
  const head = { model: 'Invented', sha256: '0'.repeat(64), adapter: 'an invented adapter', date: '2026-01-02' };
  return { version: 1, tables: [{ ...reportOf({ ...head, settings }, rows), receipt: '0123456789abcdef' }] };
}

const PROBES: Record<string, number> = { mapping: 0.25, arithmetic: 0.01, format: 0 };
const ARMS = ['k=8 v=8', 'k=4 v=4', 'k=2 v=2', 'k=4 v=16', 'k=2 v=16', 'k=16 v=4', 'k=16 v=2'];
const WEIGHTS = ['w=8', 'w=4', 'w=2'];

/** The settings that rows of the probes need to be read. */
export const probeSettings = { pairs: ARMS, count: 30, seed: 1, least: null, form: 'auto' };

/** Rows of the experiment `emergent`, invented; FP16 fails the requests for a form. */
export function inventedProbes(): TaskRow[] {
  return Object.entries(PROBES).flatMap(([task, chance]) =>
    Array.from({ length: 30 }, (_, i): TaskRow[] => {
      const one = { ...{ task, length: 64, i, band: null, chance }, ...{ prompt: 52, tokens: 12, ms: 40 } };
      const isRight = task !== 'format' || i % 3 === 0;
      const right = (share: number) => Number((i * 0.618) % 1 < share);
      const shadow = { ...one, group: -1, ok: [Number(isRight)], kept: [1], kl: [0], top: [12] };
      if (task === 'format') return [shadow];
      const ok = ARMS.map((pair) => right(shareOf(pair, 64)));
      const weights = WEIGHTS.map((lane, at): TaskRow => {
        const rounded = [right([1, 0.8, 0.1][at])];
        return { ...one, tokens: 0, group: 1000, lanes: [lane], ok: rounded, kept: rounded, kl: [0], top: [0] };
      });
      return [
        shadow,
        { ...one, group: 0, ok, kept: ok, kl: ok.map((_, at) => at * 0.3), top: ok.map(() => 10) },
        ...weights,
      ];
    }).flat(),
  );
}
