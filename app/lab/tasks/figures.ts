import { wilson } from '../../../gpu/measure/statistics/wilson';
import type { TaskReport } from '../../../gpu/measure/task-report';
import { FP16 } from '../../../gpu/measure/task-row';
import type { TaskCell } from '../../../gpu/measure/task-table';
import { quoted } from '../rows-file';

/** A share in percent, without a decimal where it has none. */
export const percent = (share: number): string => (100 * share).toFixed(1).replace(/\.0$/, '');

/** The 95 % interval in whole percent: `89–99`. */
export function interval({ right, n }: Pick<TaskCell, 'right' | 'n'>): string {
  const { low, high } = wilson(right, n) ?? { low: 0, high: 1 };
  return `${Math.round(100 * low)}–${Math.round(100 * high)}`;
}

/** `K4 V2` for a pair of widths, with what else the lane says behind it; a system's lane string as it is. */
export const pairName = (lane: string): string =>
  lane === FP16 ? 'FP16' : lane.replace(/^k=(\S+) v=(\S+)/, 'K$1 V$2');

const COLUMNS = [
  'task',
  'length',
  'lane',
  'n',
  'right',
  'low',
  'high',
  'lost',
  'won',
  'kept',
  'chance',
  'kl',
  'sameTop',
  'rouge',
  'prompt',
  'ms',
] as const;

/** Every cell as comma-separated values; low and high are the 95 % Wilson interval of right / n. Empty = not measured. */
export function csvOf({ cells, common = '' }: TaskReport): string {
  const rows = cells.map((cell) => {
    const { low, high } = wilson(cell.right, cell.n) ?? { low: 0, high: 1 };
    const lane = cell.lane === FP16 ? cell.lane : `${cell.lane} ${common}`.trim();
    const all: Record<string, string | number | null> = { ...cell, lane, low, high };
    return COLUMNS.map((name) => quoted(all[name])).join(',');
  });
  return [COLUMNS.join(','), ...rows, ''].join('\n');
}
