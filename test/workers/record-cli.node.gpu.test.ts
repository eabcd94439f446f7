import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { formatLane } from '../../gpu/kv/lane';
import { readRecording } from '../../workers/recording/read';
import { cliFolder, runCli } from './cli';

const folder = cliFolder();
afterAll(folder.remove);
const model = folder.model('model.gguf', { context: 128 });
const out = join(folder.path, 'run.kvrec');
const base = ['--model', model, '--out', out, '--prompt', 'The lamp burned', '--steps', '6'];

test('writes a recording that the page reads: lanes, moves, rows of every head asked for', async () => {
  const lanes = ['--lane', 'k=8 v=8', '--lane', 'k=16 v=16', '--move', '1.3.k.2.all'];
  const ran = await runCli('record', [...base, ...lanes, '--head', '1.1', '--head', '0.0', '--ref', 'a/b/c.gguf']);
  expect(ran.code).toBe(0);
  const file = readFileSync(out);
  expect(JSON.parse(ran.stdout)).toEqual({ version: 1, out, bytes: file.length });
  const recording = readRecording(file);
  expect(recording.settings.lanes.map(formatLane)).toEqual(['k=8 v=8', 'k=16 v=16']);
  expect(recording.settings.moves).toEqual([{ lane: 1, step: 3, field: 'k', value: 2, scope: 'all' }]);
  expect(recording.modelRef).toBe('a/b/c.gguf');
  expect(recording.count).toBeGreaterThan(1);
  const steps = Array.from({ length: recording.count }, (_, step) => recording.frame(step, 1));
  expect(new Set(steps.map((frame) => frame.lanes[2].kl))).toEqual(new Set([0]));
  expect(steps[1].heads.length).toBeGreaterThan(0);
  for (const [layer, head] of [
    [1, 1],
    [0, 0],
  ]) {
    const row = recording.row(1, layer, head);
    expect(row?.length).toBe(recording.prompt.ids.length + 1);
    expect(row?.lanes).toHaveLength(3);
  }
});

test.each([
  [[], 'Give --model, --out and --prompt'],
  [[...base, '--out', 'run.json'], 'ends in .kvrec'],
  [[...base, '--lane', 'k=4 v=2 magic=1'], '--lane "k=4 v=2 magic=1"'],
  [[...base, '--move', '2.3.k.4.all'], 'A --move names a lane that is not there'],
  [[...base, '--head', '7'], 'A head is layer.head'],
])('refuses %j', async (args, message) => {
  const ran = await runCli('record', args);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr.at(-1)).toMatch(/^error: /);
  expect(ran.stderr.at(-1)).toContain(message);
});
