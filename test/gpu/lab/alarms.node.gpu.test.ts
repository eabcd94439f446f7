import { expect, it } from 'vitest';
import { openGpu } from '../../../gpu/device';
import { openEngine } from '../../../gpu/engine';
import type { AlarmRow } from '../../../gpu/lab/experiments/alarms';
import { openGguf } from '../../../gpu/load/gguf';
import { bytesSource } from '../../../gpu/load/source';
import { openTokenizer } from '../../../gpu/load/tokenizer';
import { planLab, runPass } from '../../../workers/lab/lab';
import { onGpu } from '../../../workers/session/maker';
import { summaryOf } from '../../../workers/session/model';
import type { TinyOptions } from '../../fixtures/tiny-gguf';
import { tinyGguf } from '../../fixtures/tiny-gguf';

/** Plain tokens only, no end: the text goes on to its last step. */
const ENDLESS: TinyOptions['metadata'] = {
  'tokenizer.ggml.eos_token_id': undefined,
  'tokenizer.ggml.token_type': { type: 'i32s', value: new Array(320).fill(1) },
};

it('every detector reports on every lane in both modes; lanes at 16 bits and the shadow stay quiet', async () => {
  const file = await openGguf(
    bytesSource(
      tinyGguf({
        types: 'F16',
        layers: 2,
        headDim: 64,
        heads: 2,
        kvHeads: 1,
        context: 256,
        vocab: 320,
        metadata: ENDLESS,
      }),
    ),
  );
  const model = { file, tokenizer: openTokenizer(file.metadata) };
  const summary = summaryOf({ ...model, sha256: '', kept: false, keptWhy: '' }, 0, 0);
  const work = {
    maker: onGpu(await openEngine(await openGpu(), file)),
    model: { ...model, summary },
    progress: () => {},
  };
  const prompts = [{ id: 'rain', text: 'the rain in the hand, in one sentence: '.repeat(3) }];
  const plan = planLab('alarms', { prompts, lanes: ['k=16 v=16', 'k=2 v=2'], steps: 80 }, work.model);
  expect(plan.passes.map(({ id }) => id)).toEqual(['free.rain', 'same.rain']);
  const free = await runPass(plan, 'free.rain', {}, work);
  const same = (await runPass(plan, 'same.rain', { 'free.rain': free }, work)) as AlarmRow[];
  const rows = [...(free.slice(1) as AlarmRow[]), ...same];
  expect(free[0]).toMatchObject({ written: expect.any(Array) });
  expect(rows.length).toBe(2 * 3 * 6);
  for (const row of rows) {
    expect(row.firstStep === null).toBe(!(row.peak > row.threshold));
    expect(row.above > 0).toBe(row.firstStep !== null);
    if (row.lane === 'k=16 v=16' && row.detector !== 'repetition')
      expect(row, row.detector).toMatchObject({ firstStep: null, peak: 0 });
  }
  const of = (lane: string, detector: string) => same.find((row) => row.lane === lane && row.detector === detector);
  expect(of('k=2 v=2', 'jitter')?.firstStep).not.toBeNull();
  expect(of('FP16', 'jitter')?.firstStep).toBeNull();
  expect(of('k=2 v=2', 'distribution')?.steps).toBeGreaterThan(0);
});
