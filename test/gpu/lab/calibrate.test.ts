import { expect, test } from 'vitest';
import { calibrate } from '../../../gpu/lab/alarms/calibrate';
import type { AlarmRow } from '../../../gpu/lab/experiments/alarms';

const row = (lane: string, peak: number, over: Partial<AlarmRow> = {}): AlarmRow => ({
  ...{ prompt: 'p', mode: 'same-prefix', lane, detector: 'jitter', threshold: 0.2, firstStep: null, peak },
  ...{ p95: peak, steps: 100, above: 0, absent: null },
  ...over,
});
const rows = (lane: string, peaks: number[]) => peaks.map((peak) => row(lane, peak));

test('a start value that stays quiet is kept, and what fires is counted', () => {
  const [one] = calibrate([...rows('FP16', [0, 0]), ...rows('8', [0.1, 0.15]), ...rows('2', [0.6, 0.1])], '8', '2');
  expect(one).toMatchObject({
    detector: 'jitter',
    threshold: 0.2,
    shadow: { alarms: 0, runs: 2 },
    clean: { alarms: 0, runs: 2 },
    broken: { alarms: 1, runs: 2 },
    peaks: { clean: 0.15, broken: 0.6 },
  });
});

test('a start value that fires on a quiet lane moves above its peaks, with room', () => {
  const [one] = calibrate([...rows('8', [0.1, 0.31]), ...rows('2', [0.6, 0.33])], '8', '2');
  // 0.31 x 1.1 = 0.341
  expect(one).toMatchObject({ start: 0.2, threshold: 0.35, clean: { alarms: 0 }, broken: { alarms: 1 } });
});

test('one run in twenty may fire', () => {
  const quiet = Array.from({ length: 20 }, (_, i) => (i === 7 ? 0.9 : 0.1));
  expect(calibrate(rows('8', quiet), '8', '2')[0]).toMatchObject({ threshold: 0.2, clean: { alarms: 1, runs: 20 } });
});

test('the shadow counts as much; runs without a value do not', () => {
  const given = [row('FP16', 0.5), row('8', 0.9, { steps: 0 }), row('8', 0.1)];
  expect(calibrate(given, '8', '2')[0]).toMatchObject({ threshold: 0.55, clean: { alarms: 0, runs: 1 } });
});

test('where FP16 can fail by itself, its alarms are counted and move nothing', () => {
  const given = [row('FP16', 1), row('8', 0)].map((one) => ({
    ...one,
    detector: 'instruction' as const,
    threshold: 0,
  }));
  expect(calibrate(given, '8', '2')[0]).toMatchObject({
    threshold: 0,
    shadowFails: true,
    shadow: { alarms: 1, runs: 1 },
  });
});

test('a threshold of 0 can rise to any value', () => {
  const given = rows('8', [0.0123]).map((one) => ({ ...one, threshold: 0 }));
  expect(calibrate(given, '8', '2')[0].threshold).toBeCloseTo(0.014, 12);
});
