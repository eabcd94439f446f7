import { describe, expect, test } from 'vitest';
import { diverge } from '../../../gpu/measure/divergence';
import type { Summary } from '../../../gpu/measure/summary';
import { summarize } from '../../../gpu/measure/summary';

/** 200 steps over 16 tokens, logits from a formula; the expected numbers were printed by an independent f64 script. */
function formulaSteps() {
  return Array.from({ length: 200 }, (_, i) => {
    const base = Array.from({ length: 16 }, (_, j) => 3 * Math.sin(0.7 * i + 1.3 * j));
    const lane = base.map((x, j) => x + 0.2 * Math.cos(1.1 * i + 0.5 * j));
    return diverge(base, lane, (7 * i + 3) % 16);
  });
}

function table(steps: ReturnType<typeof formulaSteps>): Summary {
  return summarize({
    kl: steps.map((s) => s.kl),
    nll: steps.map((s) => s.nll),
    nllBase: steps.map((s) => s.nllBase),
    dp: steps.map((s) => s.dp),
    sameTop: steps.map((s) => s.sameTop),
  });
}

describe('the KL-divergence table of the formula vector', () => {
  const summary = table(formulaSteps());
  const printed: [keyof Summary, number, number][] = [
    ['ppl', 75.2578057, 7],
    ['pplErr', 11.3095591, 7],
    ['pplBase', 74.546301, 7],
    ['pplBaseErr', 11.1623984, 7],
    ['cor', 0.9978597, 7],
    ['lnPplRatio', 0.00949921, 8],
    ['lnPplRatioErr', 0.00982926, 8],
    ['pplRatio', 1.00954447, 8],
    ['pplRatioErr', 0.00992308, 8],
    ['pplDiff', 0.71150469, 8],
    ['pplDiffErr', 0.74969793, 8],
    ['klMean', 0.00960281, 8],
    ['klMeanErr', 0.000137, 8],
    ['klMax', 0.01394784, 8],
    ['kl999', 0.01392856, 8],
    ['kl99', 0.01374274, 8],
    ['kl95', 0.0128502, 8],
    ['kl90', 0.0121986, 8],
    ['klMedian', 0.0096191, 8],
    ['kl10', 0.00707589, 8],
    ['kl5', 0.00682364, 8],
    ['kl1', 0.00609432, 8],
    ['kl01', 0.00595933, 8],
    ['klMin', 0.00593676, 8],
    ['dpMean', 0.0003871642, 10],
    ['dpMeanErr', 0.001036925, 10],
    ['dpMax', 0.0577440936, 10],
    ['dp999', 0.0569130831, 10],
    ['dp99', 0.0432457446, 10],
    ['dp95', 0.0279734368, 10],
    ['dp90', 0.014226323, 10],
    ['dp75', 0.0010602249, 10],
    ['dpMedian', -0.0000453234, 10],
    ['dp25', -0.0011581416, 10],
    ['dp10', -0.0140702993, 10],
    ['dp5', -0.0281505523, 10],
    ['dp1', -0.0386181196, 10],
    ['dp01', -0.0523887124, 10],
    ['dpMin', -0.0545896516, 10],
    ['dpRms', 0.0146327494, 10],
    ['dpRmsErr', 0.0012727193, 10],
    ['sameTop', 0.55, 10],
    ['sameTopErr', 0.0352663947, 10],
  ];

  test.each(printed)('%s = %d', (name, value, digits) => {
    expect(Math.abs(summary[name] - value)).toBeLessThanOrEqual(0.51 * 10 ** -digits);
  });

  test('holds every printed row and the number of steps, nothing else', () => {
    expect(Object.keys(summary).sort()).toEqual(['steps', ...printed.map(([name]) => name)].sort());
    expect(summary.steps).toBe(200);
  });
});

test('a lane equal to the shadow has zero divergence, ratio 1 and full agreement', () => {
  const steps = formulaSteps().map((_, i) => {
    const base = Array.from({ length: 16 }, (_, j) => Math.sin(i + j));
    return diverge(base, base, i % 16);
  });
  expect(table(steps)).toMatchObject({
    klMean: 0,
    klMax: 0,
    lnPplRatio: 0,
    lnPplRatioErr: 0,
    pplRatio: 1,
    pplDiffErr: 0,
    dpRms: 0,
    sameTop: 1,
    sameTopErr: 0,
  });
});

test('no steps, one step and unknown next tokens give finite numbers', () => {
  const one = { kl: [0.5], nll: [Number.NaN], nllBase: [Number.NaN], dp: [Number.NaN], sameTop: [false] };
  const none = { kl: [], nll: [], nllBase: [], dp: [], sameTop: [] };
  for (const summary of [summarize(one), summarize(none)]) {
    expect(Object.values(summary).every(Number.isFinite)).toBe(true);
  }
  expect(summarize(one)).toMatchObject({ steps: 1, klMean: 0.5, klMedian: 0.5, ppl: 0, sameTop: 0 });
});
