import { expect, test } from 'vitest';
import { detectors } from '../../../../gpu/measure/detector-registry';
import { continuesKey, isStepToken } from '../../../../gpu/measure/detectors/reasoning';
import { repeatShare } from '../../../../gpu/measure/detectors/repetition';
import { Watch } from '../../../../gpu/measure/watch';
import { aRun, aStep, block, HEADS, LAYERS } from './watched';

test('six detectors, found by their files, each with what it says of itself', () => {
  expect(detectors.map(({ id }) => id)).toEqual([
    'jitter',
    'distant',
    'distribution',
    'repetition',
    'reasoning',
    'instruction',
  ]);
  for (const { title, text, threshold } of detectors) {
    expect(title).toMatch(/^[A-Z]/);
    expect(text).toMatch(/\.$/);
    expect(Number.isFinite(threshold)).toBe(true);
  }
});

test('jitter: the share of heads whose top key differs, over 16 measured steps, apart for each lane', () => {
  const watch = new Watch(aRun({ lanes: 3 }));
  // Lane 2 flips 3 of its 12 heads from step 4 on; lane 1 never does.
  const heads = (step: number) => block(3, (l, m, h) => ({ flip: m === 2 && l === 0 && h < 3 && step >= 4 ? 1 : 0 }));
  watch.take(aStep([{}, {}, {}]));
  for (let step = 1; step <= 30; step++) watch.take(aStep([{}, {}, {}], heads(step)));
  expect(watch.finding('jitter', 1)).toMatchObject({ firstStep: null, peak: 0 });
  // At step s the window holds s - 3 flipped steps of 16: 0.25 (s - 3) / 16 > 0.2 first at s = 16.
  expect(watch.finding('jitter', 2)).toMatchObject({ firstStep: 16, peak: 0.25 });
  expect(watch.finding('jitter', 0)).toMatchObject({ firstStep: null, peak: 0 });
  // Step 0 comes out of the prefill without measures; the window is full 16 steps later.
  expect(watch.values('jitter', 2)[15]).toBeNaN();
  expect(watch.values('jitter', 2)[16]).toBeCloseTo((0.25 * 13) / 16, 6);
  expect(watch.finding('jitter', 2).steps).toBe(15);
});

test('a run without head measures says so', () => {
  const watch = new Watch(aRun({ measuresHeads: false }));
  watch.take(aStep([{}, {}]));
  expect(watch.finding('jitter', 1)).toMatchObject({ absent: 'no-heads', steps: 0, firstStep: null });
});

test('distant: median loss over heads with far mass; a gain and heads without any do not count', () => {
  const watch = new Watch(aRun());
  const losing = block(2, (l, _, h) => {
    const shadow = l === 2 ? 0.001 : 0.1;
    const loss = [0.5, 0.4, 0.4, -1][h];
    return { far: shadow * (1 - loss), farChange: -shadow * loss };
  });
  for (let step = 0; step < 16; step++) watch.take(aStep([{}, {}], losing));
  expect(watch.finding('distant', 1).firstStep).toBe(15);
  expect(watch.values('distant', 1)[15]).toBeCloseTo(0.4, 5);
  const near = new Watch(aRun());
  for (let step = 0; step < 20; step++) near.take(aStep([{}, {}], new Float32Array(LAYERS * HEADS * 8)));
  expect(near.finding('distant', 1)).toMatchObject({ steps: 0, firstStep: null });
});

test('repeat share by hand: a period of four in 64 tokens, and no repeats', () => {
  expect(repeatShare(Array.from({ length: 64 }, (_, i) => i % 4))).toBeCloseTo(57 / 61, 12);
  expect(repeatShare(Array.from({ length: 64 }, (_, i) => i))).toBe(0);
  expect(repeatShare([1, 2, 3])).toBeNaN();
});

test('repetition: a loop of the lane alone fires, one that FP16 has too does not', () => {
  const run = (shadowLoops: boolean) => {
    const watch = new Watch(aRun({ mode: 'free-running' }));
    for (let i = 0; i < 120; i++) {
      const looped = i < 20 ? i : 20 + (i % 3);
      watch.take(aStep([{ token: shadowLoops ? looped : i }, { token: looped }]));
    }
    return watch;
  };
  const alone = run(false);
  expect(alone.finding('repetition', 1).firstStep).toBeGreaterThan(30);
  expect(alone.finding('repetition', 0).firstStep).toBeNull();
  const both = run(true);
  expect(both.finding('repetition', 1)).toMatchObject({ firstStep: null, peak: 0 });
  expect(both.finding('repetition', 0).firstStep).not.toBeNull();
});

test('what counts as a step of a calculation', () => {
  for (const label of ['7', '·42', '·=', '+', '3.', '×']) expect(isStepToken(label), label).toBe(true);
  for (const label of ['·the', '-', '.', '·and/or', 'e']) expect(isStepToken(label), label).toBe(false);
});

test('a token that takes the text on along the known answer', () => {
  expect(continuesKey('The word is', '·mar', 'marigold')).toBe(true);
  expect(continuesKey('The word is mar', 'igold', 'marigold')).toBe(true);
  expect(continuesKey('The word is mar', 'igolds', 'marigold')).toBe(false);
  expect(continuesKey('The word is mar', 'ket', 'marigold')).toBe(false);
  expect(continuesKey('The word is', '·the', 'marigold')).toBe(false);
  expect(continuesKey('The word is', '·m', 'marigold')).toBe(false);
  expect(continuesKey('', '·88', '88 days')).toBe(true);
  expect(continuesKey('88', '·days.', '88 days')).toBe(true);
});

test('reasoning: by how much the lane prefers another token where FP16 would write a digit', () => {
  const label = (id: number) => (id === 7 ? '·144' : id === 8 ? '·124' : '·word');
  const watch = new Watch(aRun({ label }));
  watch.take(aStep([{ best: 1 }, { best: 2, sameTop: false }]));
  watch.take(aStep([{ best: 7 }, { best: 7 }]));
  const top = [
    { id: 8, logp: Math.log(0.5), other: 0 },
    { id: 7, logp: Math.log(0.3), other: 0 },
  ];
  watch.take(aStep([{ best: 7 }, { best: 8, sameTop: false, top }]));
  expect([...watch.values('reasoning', 1)].map((x) => Math.round(x * 1e6) / 1e6)).toEqual([Number.NaN, 0, 0.2]);
  expect(watch.finding('reasoning', 1)).toMatchObject({ firstStep: 2, steps: 2 });
});

test('distribution: fires by same-top or by KL 99 %, never before 64 steps', () => {
  const tops = new Watch(aRun());
  for (let i = 0; i < 100; i++) tops.take(aStep([{}, { sameTop: i % 5 !== 0, kl: 0.01 }]));
  expect(tops.finding('distribution', 1).firstStep).toBe(63);
  expect(tops.values('distribution', 1)[62]).toBeNaN();
  expect(tops.values('distribution', 1)[99]).toBeCloseTo(0.2 / 0.15, 5);
  const kl = new Watch(aRun());
  for (let i = 0; i < 100; i++) kl.take(aStep([{}, { kl: i === 80 || i === 90 ? 3 : i / 1000 }]));
  expect(kl.finding('distribution', 1).firstStep).toBe(80);
  expect(kl.finding('distribution', 0)).toMatchObject({ firstStep: null, peak: 0, steps: 37 });
});

test('after a move a lane begins anew; the others go on', () => {
  const watch = new Watch(aRun({ lanes: 3 }));
  const bad = { sameTop: false, kl: 1 };
  for (let i = 0; i < 70; i++) watch.take(aStep([{}, bad, bad]));
  watch.restart(1);
  for (let i = 0; i < 70; i++) watch.take(aStep([{}, {}, {}]));
  expect(watch.since).toEqual([0, 70, 0]);
  expect(watch.finding('distribution', 1)).toMatchObject({ firstStep: null, peak: 0, steps: 7 });
  expect(watch.finding('distribution', 2).firstStep).toBe(63);
});

test('where free-running texts have parted, nothing is compared any more', () => {
  const watch = new Watch(aRun({ mode: 'free-running' }));
  const flips = block(2, () => ({ flip: 1 }));
  for (let i = 0; i < 40; i++) watch.take(aStep([{}, { kl: i < 10 ? 0.1 : Number.NaN }], flips));
  expect(watch.finding('jitter', 1)).toMatchObject({ firstStep: null, steps: 0 });
});

test('a thousand steps of seven lanes over 270 heads cost far less than a frame each', () => {
  const [layers, heads, lanes] = [30, 9, 8];
  const watch = new Watch(aRun({ layers, heads, lanes }));
  const measures = new Float32Array(layers * (lanes - 1) * heads * 8).fill(0.2);
  const coming = aStep(
    Array.from({ length: lanes }, () => ({ kl: 0.1 })),
    measures,
  );
  for (let i = 0; i < 500; i++) watch.take(coming);
  const started = performance.now();
  for (let i = 0; i < 500; i++) watch.take(coming);
  expect((performance.now() - started) / 500).toBeLessThan(8);
});
