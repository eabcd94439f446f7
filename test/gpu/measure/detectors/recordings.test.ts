import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Watch } from '../../../../gpu/measure/watch';
import { readRecording } from '../../../../workers/recording/read';

/** The detectors over a recording that comes with the page, up to a step. */
async function watched(name: string, until = Number.POSITIVE_INFINITY) {
  const recording = await readRecording(new Uint8Array(await readFile(`public/recordings/${name}.kvrec`)));
  const { model, prompt, settings } = recording;
  const labels = new Map<number, string>();
  const watch = new Watch({
    ...{ lanes: settings.lanes.length + 1, layers: model.layers, heads: model.heads, mode: settings.mode },
    ...{ measuresHeads: true, prompt: prompt.pieces.join(''), key: null },
    label: (id) => labels.get(id) ?? '',
  });
  for (let step = 0; step < Math.min(recording.count, until); step++) {
    const frame = recording.frame(step, 1);
    for (const [id, label] of Object.entries(frame.labels)) labels.set(Number(id), label);
    watch.take(frame);
  }
  const fired = (lane: number) => watch.findings(lane).filter(({ firstStep }) => firstStep !== null);
  return { watch, fired: (lane: number) => fired(lane).map(({ id, firstStep }) => `${id} ${firstStep}`) };
}

test('SmolLM2, keys at 2 bits: three of the failure modes show within 96 steps; FP16 shows none', async () => {
  const { fired } = await watched('keys-or-values');
  expect(fired(0)).toEqual([]);
  expect(fired(2)).toEqual(['jitter 16', 'distribution 63', 'reasoning 73']);
  expect(fired(1)).toEqual(['jitter 16', 'distribution 63']);
});

test('SmolLM2, 8 bits until the first move: none', async () => {
  const { watch, fired } = await watched('slider-moves', 32);
  expect(watch.finding('jitter', 1).steps).toBeGreaterThan(0);
  expect(fired(1)).toEqual([]);
});
