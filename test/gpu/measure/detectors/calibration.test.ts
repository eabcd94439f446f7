import { expect, test } from 'vitest';
import { detectors, falseAlarmsOf } from '../../../../gpu/measure/detector-registry';
import calibration from '../../../../gpu/measure/detectors/calibration.json';

test('the committed table: every detector with its threshold, at most one quiet run in twenty alarms, K2 V4 trips three', () => {
  expect(calibration.rows.map(({ detector }) => detector)).toEqual(detectors.map(({ id }) => id));
  for (const { detector, threshold, shadowFails, shadow, clean } of calibration.rows) {
    const one = detectors.find(({ id }) => id === detector);
    expect([one?.threshold, one?.shadowFails ?? false]).toEqual([threshold, shadowFails]);
    expect(clean.runs).toBeGreaterThan(0);
    expect(clean.alarms / clean.runs).toBeLessThanOrEqual(0.05);
    if (!shadowFails) expect(shadow.alarms / shadow.runs).toBeLessThanOrEqual(0.05);
  }
  expect(calibration.rows.filter(({ broken }) => broken.alarms > 0).length).toBeGreaterThanOrEqual(3);
  expect(falseAlarmsOf('jitter')).toEqual({ alarms: 0, runs: 22, lane: 'k=8 v=8' });
});
